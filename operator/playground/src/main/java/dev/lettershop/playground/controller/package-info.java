/**
 * The packaged controller as a process of its own, as in a cluster: the playground shares no class
 * with it, only the API server.
 */
package dev.lettershop.playground.controller;
