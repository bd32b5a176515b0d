/** What Kubernetes is told of the controller's health. */
package dev.lettershop.controller.health;
