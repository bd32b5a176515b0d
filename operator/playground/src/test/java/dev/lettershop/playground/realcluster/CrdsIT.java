package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API server takes the CRDs as they are, the cost of their rules included. */
@Tag("cluster")
class CrdsIT {
  private static final String SEGMENT =
      """
      {"apiVersion": "lettershop.dev/v1alpha1", "kind": "Segment", "metadata": {"name": "all"},
       "spec": {"expression": "true"}}
      """;

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
  void everyCrdIsServedAndStructural() throws Exception {
    assertThat(Repository.crds()).hasSize(9);
    for (Path file : Repository.crds()) {
      String name = Repository.documents(file).get(0).at("/metadata/name").asText();
      JsonNode crd = cluster.crd(name);
      assertThat(Cluster.condition(crd, "NamesAccepted")).as(name).isEqualTo("True");
      assertThat(Cluster.condition(crd, "Established")).as(name).isEqualTo("True");
      assertThat(Cluster.condition(crd, "NonStructuralSchema")).as(name).isNotEqualTo("True");
    }
  }

  @Test
  void everyKindIsFoundByItsShortNameAndItsCategory() throws Exception {
    List<String> shortNames = new ArrayList<>();
    for (JsonNode kind :
        cluster.api().get("/apis/lettershop.dev/v1alpha1").json().get("resources")) {
      if (!kind.get("name").asText().contains("/")) {
        assertThat(kind.get("categories"))
            .extracting(JsonNode::asText)
            .as(kind.get("name").asText())
            .containsExactly("lettershop");
        kind.get("shortNames").forEach(name -> shortNames.add(name.asText()));
      }
    }
    assertThat(shortNames)
        .containsExactlyInAnyOrder("ps", "psrc", "seg", "tpl", "mt", "cmp", "run", "col", "mdl");
  }

  @Test
  void whatNobodyHasObservedSaysSo() throws Exception {
    Answer created = cluster.api().post(namespace.path("segments"), SEGMENT);

    assertThat(created.code()).as(created.body()).isEqualTo(201);
    assertThat(created.json().at("/status/observedGeneration").asInt()).isEqualTo(-1);
    assertThat(created.json().at("/metadata/generation").asInt()).isEqualTo(1);
  }

  @Test
  void defaultsAreFilledIn() throws Exception {
    String path = namespace.path("campaigns") + "?dryRun=All";
    Path smallest = Repository.SCHEMA_FILES.resolve("campaign/valid-smallest.yaml");
    JsonNode campaign = Repository.documents(smallest).get(0);

    JsonNode spec = cluster.api().post(path, campaign.toString()).json().get("spec");

    assertThat(spec.at("/parallelism").asInt()).isEqualTo(1);
    assertThat(spec.at("/startingDeadline").asText()).isEqualTo("1h");
    assertThat(spec.at("/suspend").isBoolean()).isTrue();
    assertThat(spec.at("/history/keep").asInt()).isEqualTo(10);
    assertThat(spec.at("/transportRef/name").asText()).isEqualTo("default");
  }

  @Test
  void campaignsAnswerAtAGlance() throws Exception {
    JsonNode table = cluster.api().table(namespace.path("campaigns")).json();

    assertThat(table.get("columnDefinitions"))
        .filteredOn(column -> column.path("priority").asInt() == 0)
        .extracting(column -> column.get("name").asText())
        .containsExactly(
            "Name",
            "Ready",
            "Schedule",
            "Suspended",
            "Next",
            "Audience",
            "Sent",
            "Failed",
            "Last Run",
            "Outcome",
            "Age");
  }

  @Test
  void aStatusIsWrittenOnItsOwnAndASpecCountsGenerations() throws Exception {
    JsonNode segment = cluster.api().post(namespace.path("segments"), named("counted")).json();
    String self = namespace.path("segments") + "/counted";

    Answer status = cluster.api().patch(self + "/status", Api.MERGE, "{\"status\":{\"size\":3}}");
    Answer both =
        cluster
            .api()
            .patch(
                self, Api.MERGE, "{\"spec\":{\"expression\":\"false\"},\"status\":{\"size\":4}}");

    assertThat(status.json().at("/status/size").asInt()).isEqualTo(3);
    assertThat(status.json().at("/metadata/generation"))
        .isEqualTo(segment.at("/metadata/generation"));
    assertThat(both.json().at("/status/size").asInt()).isEqualTo(3);
    assertThat(both.json().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void aStaleStatusIsRefused() throws Exception {
    JsonNode stale = cluster.api().post(namespace.path("segments"), named("stale")).json();
    String self = namespace.path("segments") + "/stale";
    cluster.api().patch(self + "/status", Api.MERGE, "{\"status\":{\"size\":3}}");

    Answer late = cluster.api().put(self + "/status", stale.toString());

    assertThat(late.code()).as(late.body()).isEqualTo(409);
  }

  private static String named(String name) {
    return SEGMENT.replace("\"all\"", "\"" + name + "\"");
  }
}
