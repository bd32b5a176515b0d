package dev.lettershop.controller;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.inject.Singleton;

/**
 * Has the client watch over plain HTTP. Over a WebSocket, its default, it drops what arrives before
 * the thread that asked has set the handlers; an informer would then miss a change and not know.
 */
@Singleton
public final class PlainWatches implements KubernetesConfigCustomizer {
  @Override
  public void customize(Config config) {
    config.setOnlyHttpWatches(true);
  }
}
