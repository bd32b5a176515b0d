package dev.lettershop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BreakingChangesTest {
  private static final Path FOLDER = Path.of("../../crds");
  private static final String SPEC = "/spec/versions/0/schema/openAPIV3Schema/properties/spec";

  private static final String CRD =
      """
      spec:
        group: lettershop.dev
        scope: Namespaced
        names: {kind: Thing, plural: things, shortNames: [th]}
        versions:
        - name: v1alpha1
          served: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, maxLength: 63, minLength: 1, pattern: "^[a-z]+$"}
                    size: {type: integer, minimum: 1, maximum: 10, default: 2}
                    mode: {type: string, enum: [Fast, Slow]}
                    tags: {type: array, maxItems: 5, items: {type: string, maxLength: 9}}
                    more: {type: object, additionalProperties: {type: string, maxLength: 9}}
      """;

  static Stream<String> baseline() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("baseline"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("baseline")
  void theCrdsTakeWhatThoseOfTheLastReleaseTook(String name) throws IOException {
    assertThat(FOLDER.resolve(name)).as("a kind is gone").isRegularFile();

    assertThat(
            BreakingChanges.between(
                read(FOLDER.resolve("baseline/" + name)), read(FOLDER.resolve(name))))
        .as("breaks resources of the last release; crds/baseline/README.md says what to do")
        .isEmpty();
  }

  @Test
  void everyKindHasABaseline() throws IOException {
    assertThat(baseline()).hasSizeGreaterThanOrEqualTo(7);
  }

  @Test
  void whatStaysTheSameBreaksNothing() {
    assertThat(BreakingChanges.between(crd(), crd())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/properties/mode | gone | v1alpha1.spec.mode: the field is gone",
        "/properties/mode/enum | [Fast] | v1alpha1.spec.mode: the value \"Slow\" is no longer allowed",
        "/properties/name/enum | [a] | v1alpha1.spec.name: only some values are still allowed: [\"a\"]",
        "/required | [name, size, mode] | v1alpha1.spec.mode: the field is newly required",
        "/properties/size/maximum | 9 | v1alpha1.spec.size: maximum was 10, is 9",
        "/properties/size/minimum | 2 | v1alpha1.spec.size: minimum was 1, is 2",
        "/properties/size/default | 3 | v1alpha1.spec.size: the default was 2, is 3",
        "/properties/name/maxLength | 62 | v1alpha1.spec.name: maxLength was 63, is 62",
        "/properties/name/pattern | ^a$ | v1alpha1.spec.name: the pattern was \"^[a-z]+$\", is \"^a$\"",
        "/properties/tags/maxItems | 4 | v1alpha1.spec.tags: maxItems was 5, is 4",
        "/properties/tags/minItems | 1 | v1alpha1.spec.tags: minItems was , is 1",
        "/properties/tags/items/maxLength | 8 | v1alpha1.spec.tags[]: maxLength was 9, is 8",
        "/properties/more/additionalProperties/type | integer |"
            + " v1alpha1.spec.more{}: the type was \"string\", is \"integer\"",
        "/properties/size/type | string | v1alpha1.spec.size: the type was \"integer\", is \"string\"",
        "/x-kubernetes-validations | [{rule: 'self.size > 1'}] |"
            + " v1alpha1.spec: a new rule refuses resources: self.size > 1"
      })
  void whatBreaksResourcesIsFound(String where, String change, String finding) {
    ObjectNode after = crd();
    set(after, SPEC + where, change);

    assertThat(BreakingChanges.between(crd(), after)).containsExactly(finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/properties/extra | {type: string}",
        "/properties/mode/enum | [Fast, Slow, Slower]",
        "/properties/size/maximum | 11",
        "/properties/name/minLength | gone",
        "/properties/name/pattern | gone",
        "/required | []",
        "/required | [name, size]",
        "/properties/name/description | Another text"
      })
  void whatOnlyAllowsMoreBreaksNothing(String where, String change) {
    ObjectNode after = crd();
    set(after, SPEC + where, change);

    assertThat(BreakingChanges.between(crd(), after)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec/versions/0/name | v1beta1 | v1alpha1: the version is gone",
        "/spec/versions/0/served | false | v1alpha1: the version is no longer served",
        "/spec/versions/0/subresources/status | gone | v1alpha1: the status is no longer a subresource",
        "/spec/scope | Cluster | scope: was \"Namespaced\", is \"Cluster\"",
        "/spec/names/kind | Item | names.kind: was \"Thing\", is \"Item\"",
        "/spec/names/shortNames | [] | names.shortNames: lost \"th\""
      })
  void versionsAndNamesStay(String where, String change, String finding) {
    ObjectNode after = crd();
    set(after, where, change);

    assertThat(BreakingChanges.between(crd(), after)).containsExactly(finding);
  }

  private static ObjectNode crd() {
    return Serialization.unmarshal(CRD, ObjectNode.class);
  }

  private static void set(ObjectNode crd, String pointer, String change) {
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) crd.at(pointer.substring(0, last));
    String field = pointer.substring(last + 1);
    if (change.equals("gone")) {
      parent.remove(field);
    } else {
      parent.set(field, Serialization.unmarshal("v: " + change, JsonNode.class).get("v"));
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return Serialization.unmarshal(Files.readString(file), JsonNode.class);
  }
}
