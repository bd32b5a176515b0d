/**
 * A cluster for a laptop: an API server in memory, the controllers that Kubernetes itself brings,
 * and something that runs Pods as processes. Knows nothing of campaigns.
 */
package dev.lettershop.kubesim;
