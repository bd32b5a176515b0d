/**
 * Tells the API server how far a worker is. Statuses come in, merge patches go out; a worker is
 * neither stopped nor held up by an API server that does not answer. Must not know what the figures
 * mean, and needs no Kubernetes client: a Pod has to start fast.
 */
package dev.lettershop.worker.status;
