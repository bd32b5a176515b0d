package dev.lettershop.controller.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.function.Function;

/**
 * Brings a computed status to the API server: by PUT under an optimistic lock, and only when it
 * says something new. Never mutates the object that it is given, which may be shared with a cache.
 * Server-side apply and patches through the operator SDK are left alone on purpose: the SDK's
 * version in use can lose edits of a spec that land meanwhile.
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

  private static final int TRIES = 6;

  private final KubernetesClient client;

  public StatusWriter(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes what the function computes from the object. When somebody else wrote in between, the
   * function is asked again with the object as it stands then, up to five times; so what workers
   * patch meanwhile stays, as long as the function keeps what it finds.
   *
   * @param compute pure; gets an object with spec and status as the server has them
   * @throws KubernetesClientException when the server refuses, or others write faster than this
   */
  public <S, R extends CustomResource<?, S>> Result write(R cached, Function<R, S> compute) {
    R current = cached;
    for (int tries = 1; ; tries++) {
      S status = compute.apply(current);
      if (saysTheSame(current.getStatus(), status)) {
        return Result.UNCHANGED;
      }
      try {
        put(current, status);
        return Result.WRITTEN;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return Result.GONE;
        }
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == TRIES) {
          throw e;
        }
      }
      current = client.resource(current).get();
      if (current == null || !sameUid(current, cached)) {
        return Result.GONE;
      }
      if (!sameGeneration(current, cached)) {
        return Result.SUPERSEDED;
      }
    }
  }

  private <S, R extends CustomResource<?, S>> void put(R current, S status) {
    R copy = client.getKubernetesSerialization().clone(current);
    copy.setStatus(status);
    client.resource(copy).updateStatus();
  }

  /** Whether two statuses differ at most in when their conditions changed. */
  private boolean saysTheSame(Object one, Object other) {
    return Objects.equals(one, other)
        || one != null && other != null && withoutTimes(one).equals(withoutTimes(other));
  }

  private JsonNode withoutTimes(Object status) {
    KubernetesSerialization json = client.getKubernetesSerialization();
    JsonNode tree = json.convertValue(status, JsonNode.class);
    tree.path("conditions")
        .forEach(condition -> ((ObjectNode) condition).remove("lastTransitionTime"));
    return tree;
  }

  private static boolean sameUid(CustomResource<?, ?> one, CustomResource<?, ?> other) {
    return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
  }

  private static boolean sameGeneration(CustomResource<?, ?> one, CustomResource<?, ?> other) {
    return Objects.equals(one.getMetadata().getGeneration(), other.getMetadata().getGeneration());
  }
}
