/**
 * What only a real API server shows: that it takes the CRDs, what it refuses and how, what the
 * shipped roles allow, what its Job and CronJob controllers and its garbage collector make of our
 * objects. The cluster is the one that {@code KUBECONFIG} names; it needs no nodes, because the
 * tests run Pods themselves. Everything happens in namespaces that a test makes and removes, except
 * for the CRDs, which are applied as they are shipped.
 */
package dev.lettershop.playground.realcluster;
