package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The files that hold our own reading of the CRDs to its promises, given to a real API server: it
 * takes the valid ones, refuses the others, and where a rule of ours says why, it says just that.
 */
@Tag("cluster")
class SchemaFilesIT {
  private static final String STRICT = "?fieldValidation=Strict";
  private static final String DRY_RUN = STRICT + "&dryRun=All";

  /** The server checks rules only when the rest of the schema is met. */
  private static final String RULES_NOT_CHECKED = "some validation rules were not checked";

  private static final String STRICT_ERROR = "strict decoding error";
  private static final int LEAST_RULES_SHOWN = 30;

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

  @TestFactory
  Stream<DynamicTest> theServerSaysWhatWeSay() throws Exception {
    return SchemaFile.all().stream()
        .map(file -> DynamicTest.dynamicTest(file.name(), () -> assertSame(file)));
  }

  @Test
  void theFilesShowManyRulesOfOurs() throws Exception {
    List<String> shown = new ArrayList<>();
    for (SchemaFile file : SchemaFile.all()) {
      List<String> messages = messages(file.plural());
      file.expected().stream().filter(part -> isOurs(part, messages)).forEach(shown::add);
    }
    assertThat(shown).hasSizeGreaterThan(LEAST_RULES_SHOWN);
  }

  private static void assertSame(SchemaFile file) throws Exception {
    Answer answer = offer(file);

    if (file.valid()) {
      assertThat(answer.ok()).as(answer.message()).isTrue();
      return;
    }
    assertThat(answer.code()).as(answer.message()).isIn(400, 422);
    if (answer.message().contains(RULES_NOT_CHECKED) || answer.message().contains(STRICT_ERROR)) {
      return;
    }
    List<String> messages = messages(file.plural());
    assertThat(file.expected().stream().filter(part -> isOurs(part, messages)))
        .allSatisfy(
            part -> assertThat(answer.message()).contains(field(part)).contains(said(part)));
  }

  /** Offers the resource: as a new one, as a change, or as a change of status. */
  private static Answer offer(SchemaFile file) throws Exception {
    Api api = cluster.api();
    String path = namespace.path(file.plural());
    ObjectNode resource = file.resource().deepCopy();
    JsonNode status = resource.remove("status");
    if (file.old() == null && status == null) {
      return api.post(path + DRY_RUN, resource.toString());
    }
    JsonNode first = file.old() == null ? resource : file.old();
    Answer created = api.post(path + STRICT, first.toString());
    assertThat(created.ok()).as(created.message()).isTrue();
    String self = path + "/" + created.json().at("/metadata/name").asText();
    try {
      resource.set("metadata", created.json().get("metadata"));
      if (status == null) {
        return api.put(self + DRY_RUN, resource.toString());
      }
      resource.set("status", status);
      return api.put(self + "/status" + DRY_RUN, resource.toString());
    } finally {
      api.delete(self);
    }
  }

  /** Whether a rule with a message of ours is what is expected; the server words the rest. */
  private static boolean isOurs(String expected, List<String> messages) {
    return messages.stream().anyMatch(message -> message.contains(said(expected)));
  }

  private static String field(String expected) {
    return expected.contains(": ") ? expected.substring(0, expected.indexOf(": ")) : "";
  }

  private static String said(String expected) {
    return expected.substring(expected.indexOf(": ") + 1).trim();
  }

  private static List<String> messages(String plural) throws Exception {
    Path crd = Repository.CRDS.resolve(plural + ".lettershop.dev.yaml");
    return Repository.documents(crd).get(0).findValues("x-kubernetes-validations").stream()
        .flatMap(rules -> rules.findValuesAsText("message").stream())
        .toList();
  }
}
