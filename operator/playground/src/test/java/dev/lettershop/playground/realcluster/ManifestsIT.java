package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API server takes the manifests in {@code deploy/}. */
@Tag("cluster")
class ManifestsIT {
  private static Cluster cluster;
  private static TestNamespace namespace;

  @BeforeAll
  static void connect() throws Exception {
    cluster = Cluster.connect();
    namespace = cluster.namespace();
  }

  @AfterAll
  static void leave() throws Exception {
    if (namespace != null) {
      namespace.close();
      cluster.close();
    }
  }

  @Test
  void theDeploymentHasNoFieldThatTheServerDoesNotKnow() throws Exception {
    Answer answer =
        cluster
            .api()
            .post(
                "/apis/apps/v1/namespaces/"
                    + namespace.name()
                    + "/deployments?dryRun=All&fieldValidation=Strict",
                deployment().toString());

    assertThat(answer.code()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void aNamespaceForRestrictedPodsTakesTheControllers() throws Exception {
    namespace.admitController();
    ObjectNode pod = deployment().at("/spec/template").deepCopy();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.withObject("/metadata").set("name", JsonNodeFactory.instance.textNode("controller"));

    Answer answer =
        cluster
            .api()
            .post("/api/v1/namespaces/" + namespace.name() + "/pods?dryRun=All", pod.toString());

    assertThat(answer.code()).as(answer.body()).isEqualTo(201);
  }

  private static JsonNode deployment() throws Exception {
    return Repository.documents(Repository.DEPLOY.resolve("lettershop.yaml")).stream()
        .filter(object -> object.path("kind").asText().equals("Deployment"))
        .findFirst()
        .orElseThrow();
  }
}
