package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The cluster that {@code KUBECONFIG} names, with the CRDs of this source tree. */
final class Cluster implements AutoCloseable {
  private static final String CRD_PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
  private static final String APPLY = "?fieldManager=lettershop-test&force=true";

  private final Config config;
  private final KubernetesClient client;
  private final Api api;

  private Cluster(Config config) {
    this.config = config;
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.api = new Api(client);
  }

  /** Connects, and applies the CRDs as they are shipped. */
  static Cluster connect() throws Exception {
    String kubeconfig = System.getenv("KUBECONFIG");
    assertThat(kubeconfig)
        .as("KUBECONFIG must name the kubeconfig file of the cluster to test against")
        .isNotBlank();
    assertThat(Path.of(kubeconfig)).as("KUBECONFIG").isRegularFile();
    try {
      Cluster cluster = new Cluster(Config.fromKubeconfig(Path.of(kubeconfig).toFile()));
      Answer ready = cluster.api.get("/readyz");
      assertThat(ready.ok()).as("the API server is ready: %s", ready).isTrue();
      cluster.applyShipped();
      return cluster;
    } catch (Exception | AssertionError e) {
      throw new AssertionError("The cluster that KUBECONFIG names cannot be used", e);
    }
  }

  Api api() {
    return api;
  }

  KubernetesClient client() {
    return client;
  }

  /** Somebody who has this token and nothing else. */
  KubernetesClient as(String token) {
    return new KubernetesClientBuilder().withConfig(configOf(token)).build();
  }

  Config configOf(String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(config.getMasterUrl())
        .withCaCertFile(config.getCaCertFile())
        .withCaCertData(config.getCaCertData())
        .withTrustCerts(config.isTrustCerts())
        .withDisableHostnameVerification(config.isDisableHostnameVerification())
        .withOauthToken(token)
        .build();
  }

  TestNamespace namespace() throws IOException {
    return TestNamespace.create(this);
  }

  JsonNode crd(String name) throws Exception {
    return api.get(CRD_PATH + name).json();
  }

  private void applyShipped() throws Exception {
    for (Path file : Repository.crds()) {
      apply(CRD_PATH, Repository.documents(file).get(0));
    }
    for (Path file : Repository.crds()) {
      String name = Repository.documents(file).get(0).at("/metadata/name").asText();
      Awaitility.await(name + " is established")
          .atMost(Duration.ofMinutes(2))
          .until(() -> condition(crd(name), "Established").equals("True"));
    }
  }

  private void apply(String path, JsonNode object) throws Exception {
    String name = object.at("/metadata/name").asText();
    Answer answer = api.patch(path + name + APPLY, Api.APPLY, object.toString());
    assertThat(answer.ok()).as("applying %s: %s", name, answer).isTrue();
  }

  /** Status of a condition, or nothing. */
  static String condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText();
      }
    }
    return "";
  }

  @Override
  public void close() {
    client.close();
  }
}
