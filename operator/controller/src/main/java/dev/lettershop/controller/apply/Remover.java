package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * Deletes objects by their uid: never another object that has the same name by now, and whatever
 * else has changed of this one. What belongs to it is deleted after it, by the garbage collector.
 * Thread-safe.
 */
public final class Remover {
  private final KubernetesClient client;

  public Remover(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Deletes an object as some cache shows it. That it is gone already, or that another one has its
   * name, is as good.
   *
   * @throws KubernetesClientException when the server cannot be reached or does not allow it
   */
  public void remove(HasMetadata object) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withPropagationPolicy("Background")
            .withNewPreconditions()
            .withUid(object.getMetadata().getUid())
            .endPreconditions()
            .build();
    try {
      client.raw(path(object), "DELETE", options);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private static String path(HasMetadata object) {
    String version = object.getApiVersion();
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + "/namespaces/"
        + object.getMetadata().getNamespace()
        + "/"
        + object.getPlural()
        + "/"
        + object.getMetadata().getName();
  }
}
