/**
 * Whole flows of the control plane: the real reconcilers at work on a cluster in memory, without
 * Quarkus and without workers. Where Pods have to run, a test plays them. What only a real API
 * server shows is tested in {@code realcluster}.
 */
package dev.lettershop.playground.flow;
