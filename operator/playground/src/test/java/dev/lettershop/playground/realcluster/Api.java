package dev.lettershop.playground.realcluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.concurrent.TimeUnit;

/** Plain requests to the API server, whose refusals are answers and not exceptions. */
final class Api {
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String APPLY = "application/apply-patch+yaml";
  private static final long PATIENCE_SECONDS = 120;

  private final KubernetesClient client;

  Api(KubernetesClient client) {
    this.client = client;
  }

  /** The collection of one of our kinds. */
  static String path(String namespace, String plural) {
    return "/apis/lettershop.dev/v1alpha1/namespaces/" + namespace + "/" + plural;
  }

  Answer get(String path) throws Exception {
    return send(builder(path));
  }

  /** A list as {@code kubectl get} prints it. */
  Answer table(String path) throws Exception {
    return send(builder(path).header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
  }

  Answer post(String path, String body) throws Exception {
    return send(builder(path).method("POST", JSON, body));
  }

  Answer put(String path, String body) throws Exception {
    return send(builder(path).method("PUT", JSON, body));
  }

  Answer patch(String path, String type, String body) throws Exception {
    return send(builder(path).method("PATCH", type, body));
  }

  Answer delete(String path) throws Exception {
    return send(builder(path).method("DELETE", JSON, "{}"));
  }

  private HttpRequest.Builder builder(String path) {
    String server = client.getMasterUrl().toString().replaceAll("/$", "");
    return client.getHttpClient().newHttpRequestBuilder().uri(server + path);
  }

  private Answer send(HttpRequest.Builder request) throws Exception {
    HttpClient http = client.getHttpClient();
    HttpResponse<String> response =
        http.sendAsync(request.build(), String.class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return new Answer(response.code(), response.body());
  }
}
