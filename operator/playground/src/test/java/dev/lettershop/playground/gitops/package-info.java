/** Holds the examples for Argo CD and Flux to statuses as the controller writes them. */
package dev.lettershop.playground.gitops;
