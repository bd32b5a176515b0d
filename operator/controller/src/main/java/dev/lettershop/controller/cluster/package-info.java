/**
 * What the control plane sees of the cluster: one informer a kind, shared by all reconcilers, and
 * who is to look again when something changes. Objects go out as they are in the caches and must
 * not be changed. Knows nothing of what is made of them.
 */
package dev.lettershop.controller.cluster;
