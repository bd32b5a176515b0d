package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.playground.gitops.Kustomization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No drift: every sample is applied as a GitOps tool does, by server-side apply and with its marks,
 * and when the controller has done all it does, what was applied is there as it was.
 */
@Tag("cluster")
class SamplesIT {
  private static final String TOOL = "argocd-controller";
  private static final String LABEL = "app.kubernetes.io/instance";
  private static final String ANNOTATION = "argocd.argoproj.io/tracking-id";
  private static final String OURS = "lettershop.dev/v1alpha1";
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(6);
  private static final Duration QUIET = Duration.ofSeconds(15);

  /** Those that want nothing else in the cluster, such as Argo CD's own kinds. */
  static List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path folder : Kustomization.folders(Repository.ROOT.resolve("samples"))) {
      if (Kustomization.build(folder).stream()
          .map(object -> object.path("apiVersion").asText())
          .allMatch(version -> version.equals(OURS) || version.equals("v1"))) {
        folders.add(folder);
      }
    }
    assertThat(folders).hasSizeGreaterThan(4);
    return folders;
  }

  @ParameterizedTest
  @MethodSource("folders")
  void whatIsAppliedStaysAsItWasApplied(Path folder, @TempDir Path scratch) throws Exception {
    try (Shop shop = Shop.open(scratch)) {
      Set<String> earlier = shop.objects().stream().map(SamplesIT::uid).collect(Collectors.toSet());
      Map<String, JsonNode> applied = apply(shop, folder);
      settle(shop, applied);

      for (Map.Entry<String, JsonNode> entry : applied.entrySet()) {
        assertNoDrift(entry.getKey(), entry.getValue(), get(shop, entry.getKey()));
      }
      assertNothingElseCarriesTheMarks(shop, applied, earlier);

      Map<String, String> before = shop.versions();
      Awaitility.await("nothing is written")
          .during(QUIET)
          .atMost(QUIET.multipliedBy(2))
          .pollInterval(Duration.ofSeconds(3))
          .untilAsserted(() -> assertThat(shop.versions()).isEqualTo(before));
      apply(shop, folder);
      assertThat(shop.versions()).as("applied again, nothing is written").isEqualTo(before);
    }
  }

  /** Applies all objects of a folder, and returns them as the server has stored them, by path. */
  private static Map<String, JsonNode> apply(Shop shop, Path folder) throws Exception {
    Map<String, JsonNode> applied = new TreeMap<>();
    for (ObjectNode object : Kustomization.build(folder)) {
      if (object.path("kind").asText().equals("Namespace")) {
        continue; // a test has its own
      }
      Kustomization.place(object, shop.namespace().name());
      object.withObject("/metadata/labels").put(LABEL, "campaigns");
      object
          .withObject("/metadata/annotations")
          .put(ANNOTATION, "campaigns:" + object.at("/metadata/name").asText());
      String path =
          shop.namespace().collection(object) + "/" + object.at("/metadata/name").asText();
      Answer answer =
          shop.cluster()
              .api()
              .patch(
                  path + "?fieldManager=" + TOOL + "&fieldValidation=Strict",
                  Api.APPLY,
                  object.toString());
      assertThat(answer.ok()).as("applying %s: %s", path, answer.message()).isTrue();
      applied.put(path, answer.json());
    }
    return applied;
  }

  private static void settle(Shop shop, Map<String, JsonNode> applied) {
    for (Map.Entry<String, JsonNode> entry : applied.entrySet()) {
      if (entry.getValue().path("apiVersion").asText().equals(OURS)) {
        String condition = needsNodes(entry.getValue()) ? "ResolvedRefs" : "Ready";
        Shop.within(60, entry.getKey() + " has been worked out")
            .untilAsserted(
                () -> {
                  JsonNode now = get(shop, entry.getKey());
                  assertThat(Cluster.condition(now, condition))
                      .as(now.path("status").toString())
                      .isEqualTo("True");
                });
      }
    }
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    Shop.within(60, "everything has settled")
        .pollInterval(BETWEEN_LOOKS)
        .until(() -> shop.versions().equals(last.getAndSet(shop.versions())));
  }

  /** Whether it is ready only when Pods of a Deployment run, and a cluster may have no nodes. */
  private static boolean needsNodes(JsonNode object) {
    return object.path("kind").asText().equals("Collector")
        || object.at("/spec/schedule").has("trigger");
  }

  private static void assertNoDrift(String path, JsonNode applied, JsonNode now) {
    assertThat(content(now)).as(path).isEqualTo(content(applied));
    JsonNode metadata = now.get("metadata");
    assertThat(metadata.has("ownerReferences")).as(path + " has an owner").isFalse();
    assertThat(metadata.has("finalizers")).as(path + " has finalizers").isFalse();
    assertThat(fields(now, true)).as("who owns fields of " + path).isEqualTo(fields(applied, true));
    assertThat(fields(now, false))
        .as("others own the status of " + path + " and nothing else")
        .allMatch(entry -> entry.path("subresource").asText().equals("status"));
  }

  /** Everything but the status, and what counts versions. */
  private static JsonNode content(JsonNode object) {
    ObjectNode content = object.deepCopy();
    content.remove("status");
    ObjectNode metadata = (ObjectNode) content.get("metadata");
    metadata.remove(List.of("resourceVersion", "managedFields"));
    return content;
  }

  /**
   * @param tool whether the tool's own, or those of all others
   */
  private static List<JsonNode> fields(JsonNode object, boolean tool) {
    List<JsonNode> entries = new ArrayList<>();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(TOOL) == tool) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** What carries a tool's marks without being in Git is what the tool removes. */
  private static void assertNothingElseCarriesTheMarks(
      Shop shop, Map<String, JsonNode> applied, Set<String> earlier) throws Exception {
    Set<String> ofTheSample =
        applied.values().stream().map(SamplesIT::uid).collect(Collectors.toSet());
    for (JsonNode object : shop.objects()) {
      if (earlier.contains(uid(object))) {
        continue;
      }
      boolean marked =
          object.at("/metadata/labels").has(LABEL)
              || object.at("/metadata/annotations").has(ANNOTATION);
      assertThat(marked)
          .as(object.at("/metadata").toString())
          .isEqualTo(ofTheSample.contains(uid(object)));
    }
  }

  private static String uid(JsonNode object) {
    return object.at("/metadata/uid").asText();
  }

  private static JsonNode get(Shop shop, String path) throws Exception {
    return shop.cluster().api().get(path).json();
  }
}
