package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.diagnostic.FieldProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file is a resource of the kind that its folder is named after. {@code # old} begins a file
 * whose first document is the resource as it was. Each {@code # expect:} is part of what is
 * reported about an {@code invalid-} one, and nothing else may be.
 */
class CrdSchemaTest {
  private static final Path FOLDER = Path.of("src/test/resources/schema");
  private static final String EXPECT = "# expect: ";
  private static final int LEAST_INVALID = 3;
  private static final YAMLMapper YAML = new YAMLMapper();

  @TestFactory
  Stream<DynamicTest> everyFileIsWhatItsNameSays() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(FOLDER.relativize(file).toString(), () -> is(file)));
  }

  @Test
  void everyKindHasValidAndInvalidFilesAndThereAreNoOthers() throws IOException {
    Set<String> expected = new HashSet<>(Kinds.NAMES);
    for (String kind : Kinds.NAMES) {
      List<String> names =
          files().stream()
              .filter(file -> folder(file).equals(kind.toLowerCase(java.util.Locale.ROOT)))
              .map(file -> file.getFileName().toString())
              .toList();
      assertThat(names).as(kind).allMatch(name -> name.matches("(in)?valid-[a-z0-9-]+\\.yaml"));
      assertThat(names).as(kind).anyMatch(name -> name.startsWith("valid-"));
      assertThat(names.stream().filter(name -> name.startsWith("invalid-")))
          .as(kind)
          .hasSizeGreaterThanOrEqualTo(LEAST_INVALID);
      expected.remove(kind);
    }
    assertThat(expected).isEmpty();
    assertThat(files().stream().map(CrdSchemaTest::folder).distinct()).hasSameSizeAs(Kinds.NAMES);
  }

  private static void is(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> expected =
        text.lines()
            .filter(line -> line.startsWith(EXPECT))
            .map(line -> line.substring(EXPECT.length()))
            .toList();
    boolean valid = file.getFileName().toString().startsWith("valid-");

    List<String> reported = check(text).stream().map(CrdSchemaTest::line).toList();

    assertThat(expected.isEmpty()).as("only invalid files expect something").isEqualTo(valid);
    assertThat(reported)
        .as("each report is expected")
        .allMatch(line -> expected.stream().anyMatch(line::contains));
    assertThat(expected)
        .as("each expectation is reported, of: %s", reported)
        .allMatch(part -> reported.stream().anyMatch(line -> line.contains(part)));
  }

  private static List<FieldProblem> check(String text) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(new YAMLFactory().createParser(text))
        .forEachRemaining(documents::add);
    boolean change = text.lines().anyMatch("# old"::equals);
    assertThat(documents).hasSize(change ? 2 : 1);
    JsonNode resource = documents.get(documents.size() - 1);
    CrdSchema schema = CrdSchema.of(resource.get("kind").asText());
    if (!change) {
      return schema.check(resource);
    }
    assertThat(schema.check(documents.get(0))).as("the resource as it was").isEmpty();
    return schema.check(resource, documents.get(0));
  }

  private static String line(FieldProblem problem) {
    String fix = problem.problem().fix();
    return problem.field() + ": " + problem.problem().message() + (fix == null ? "" : "; " + fix);
  }

  private static String folder(Path file) {
    return file.getParent().getFileName().toString();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
