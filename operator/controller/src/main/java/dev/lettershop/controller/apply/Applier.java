package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Brings desired objects to the API server. Thread-safe. */
public final class Applier {
  private final KubernetesClient client;

  public Applier(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes the object, or changes it where it is other than desired.
   *
   * @param actual as a cache has it; empty when it has none, which may be out of date
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the server cannot be
   *     reached or does not allow it
   */
  public <T extends HasMetadata> Applied<T> apply(T desired, Optional<? extends T> actual) {
    return new Applied.Created<>(client.resource(desired).create());
  }
}
