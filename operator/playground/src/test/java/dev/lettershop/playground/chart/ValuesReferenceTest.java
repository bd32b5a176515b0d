package dev.lettershop.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The values, their comments, their schema and the table in the chart's README say the same. */
@Tag("generated")
class ValuesReferenceTest {
  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):.*");
  private static final String HEAD = "| Value | Default | |\n|---|---|---|\n";

  @Test
  void theReferenceIsMadeFromTheComments() throws IOException {
    String readme = Files.readString(Chart.FOLDER.resolve("README.md"));
    String before = readme.substring(0, readme.indexOf(HEAD));
    JsonNode values = values();
    StringBuilder table = new StringBuilder(before).append(HEAD);
    comments()
        .forEach(
            (key, comment) ->
                table.append(
                    "| `%s` | `%s` | %s |\n"
                        .formatted(key, at(values, key), comment.replace("|", "\\|"))));

    GeneratedFile.check(Chart.FOLDER.resolve("README.md"), table.toString());
  }

  @Test
  void everyValueIsDescribedOrSelfEvident() throws IOException {
    Map<String, String> comments = comments();

    assertThat(leaves("", values()))
        .filteredOn(key -> !key.matches("alerts\\.[a-zA-Z]+\\.(severity|for)"))
        .allSatisfy(
            key ->
                assertThat(comments.keySet())
                    .anyMatch(
                        described -> key.equals(described) || key.startsWith(described + ".")));
  }

  @Test
  void theSchemaKnowsTheValuesAndNoOthers() throws IOException {
    JsonNode schema =
        Repository.documents(Files.readString(Chart.FOLDER.resolve("values.schema.json"))).get(0);
    List<String> differences = new ArrayList<>();
    compare("", values(), schema, differences);

    assertThat(differences).isEmpty();
  }

  private static void compare(String at, JsonNode values, JsonNode schema, List<String> found) {
    if (!schema.has("properties")) {
      return;
    }
    if (!schema.path("additionalProperties").toString().equals("false")) {
      found.add(at + " takes unknown keys");
    }
    values
        .fieldNames()
        .forEachRemaining(
            key -> {
              JsonNode below = schema.get("properties").get(key);
              if (below == null) {
                found.add(at + key + " is not in the schema");
              } else {
                compare(at + key + ".", values.get(key), below, found);
              }
            });
    schema
        .get("properties")
        .fieldNames()
        .forEachRemaining(
            key -> {
              boolean optional =
                  at.startsWith("alerts.") && key.equals("for")
                      || at.equals("controller.resources.")
                      || key.equals("global");
              if (!values.has(key) && !optional) {
                found.add(at + key + " is not in the values");
              }
            });
  }

  private static List<String> leaves(String at, JsonNode values) {
    List<String> leaves = new ArrayList<>();
    values
        .fields()
        .forEachRemaining(
            field -> {
              String key = at + field.getKey();
              if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                leaves.addAll(leaves(key + ".", field.getValue()));
              } else {
                leaves.add(key);
              }
            });
    return leaves;
  }

  private static JsonNode values() throws IOException {
    return Repository.documents(Files.readString(Chart.FOLDER.resolve("values.yaml"))).get(0);
  }

  private static String at(JsonNode values, String key) {
    return values.at("/" + key.replace('.', '/')).toString();
  }

  /** Comments that begin with two dashes, by the key below them. */
  private static Map<String, String> comments() throws IOException {
    Map<String, String> comments = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    StringBuilder comment = null;
    for (String line : Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))) {
      String text = line.strip();
      Matcher key = KEY.matcher(line);
      if (text.startsWith("# -- ")) {
        comment = new StringBuilder(text.substring(5));
      } else if (text.startsWith("# ") && comment != null) {
        comment.append(' ').append(text.substring(2));
      } else if (key.matches()) {
        int depth = key.group(1).length() / 2;
        path.subList(Math.min(depth, path.size()), path.size()).clear();
        path.add(key.group(2));
        if (comment != null) {
          comments.put(String.join(".", path), comment.toString());
          comment = null;
        }
      }
    }
    return comments;
  }
}
