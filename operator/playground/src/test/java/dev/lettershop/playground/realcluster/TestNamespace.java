package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** A namespace that takes restricted Pods only, and goes when it is closed. */
final class TestNamespace implements AutoCloseable {
  private static final String CONTROLLER = "lettershop-controller";
  private static final Set<String> ACCESS = Set.of("ServiceAccount", "Role", "RoleBinding");
  private static final long TOKEN_SECONDS = 3600;

  private final Cluster cluster;
  private final String name;

  private TestNamespace(Cluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  static TestNamespace create(Cluster cluster) {
    String name = "lettershop-test-" + UUID.randomUUID().toString().substring(0, 8);
    cluster
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    return new TestNamespace(cluster, name);
  }

  String name() {
    return name;
  }

  /** Where this namespace's resources of one of our kinds are. */
  String path(String plural) {
    return Api.path(name, plural);
  }

  /** Applies each document here, as {@code kubectl apply --server-side} does. */
  void apply(String yaml) throws Exception {
    for (JsonNode document : Repository.documents(yaml)) {
      String self = collection(document) + "/" + document.at("/metadata/name").asText();
      Answer answer =
          cluster
              .api()
              .patch(
                  self + "?fieldManager=lettershop-test&fieldValidation=Strict",
                  Api.APPLY,
                  document.toString());
      assertThat(answer.ok()).as("applying %s: %s", self, answer.message()).isTrue();
    }
  }

  /** Removes what these documents name, if it is there. */
  void delete(String yaml) throws Exception {
    for (JsonNode document : Repository.documents(yaml)) {
      cluster.api().delete(collection(document) + "/" + document.at("/metadata/name").asText());
    }
  }

  /** Where objects of this one's kind are in this namespace. */
  String collection(JsonNode document) {
    String version = document.get("apiVersion").asText();
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + "/namespaces/"
        + name
        + "/"
        + document.get("kind").asText().toLowerCase(Locale.ROOT)
        + "s";
  }

  /**
   * Makes the controller's ServiceAccount here and binds the shipped roles in this namespace only.
   *
   * @return its token
   */
  String admitController() throws Exception {
    for (JsonNode object : Repository.documents(Repository.DEPLOY.resolve("lettershop.yaml"))) {
      if (ACCESS.contains(object.path("kind").asText())) {
        apply(object.toString());
      }
    }
    return token(CONTROLLER);
  }

  /** A token of a ServiceAccount of this namespace. */
  String token(String serviceAccount) {
    return cluster
        .client()
        .serviceAccounts()
        .inNamespace(name)
        .withName(serviceAccount)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  KubernetesClient as(String serviceAccount) {
    return cluster.as(token(serviceAccount));
  }

  /**
   * Removes what makes Pods before the namespace: Kubernetes takes the finalizers of Pods away when
   * their Job is gone, and in a namespace that ends, it waits for the Pods before it takes the Job.
   */
  @Override
  public void close() throws Exception {
    String batch = "/apis/batch/v1/namespaces/" + name;
    for (String makers :
        List.of(
            path("campaigns"),
            path("campaignruns"),
            path("profilesources"),
            path("segments"),
            batch + "/cronjobs",
            batch + "/jobs")) {
      cluster.api().delete(makers + "?propagationPolicy=Background");
    }
    cluster.client().namespaces().withName(name).delete();
  }
}
