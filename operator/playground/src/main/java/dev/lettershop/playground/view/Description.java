package dev.lettershop.playground.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A resource as {@code kubectl describe} prints it: what is asked for, what is, why, and what
 * happened. Long texts are cut, and what a Secret holds is counted, not shown.
 */
public final class Description {
  private static final int MAX_TEXT = 100;
  private static final int KEY_WIDTH = 14;
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final StringBuilder text = new StringBuilder();
  private final Instant now;

  private Description(Instant now) {
    this.now = now;
  }

  /**
   * @param events those of the resource, in any order
   */
  public static String of(JsonNode resource, List<JsonNode> events, Instant now) {
    Description description = new Description(now);
    description.head(resource);
    description.part("Spec", resource.path("spec"));
    description.data(resource);
    JsonNode status = resource.path("status").deepCopy();
    JsonNode conditions = status.path("conditions");
    if (status instanceof ObjectNode rest) {
      rest.remove("conditions");
    }
    description.part("Status", status);
    description.conditions(conditions);
    description.events(events);
    return description.text.toString();
  }

  private void head(JsonNode resource) {
    JsonNode metadata = resource.path("metadata");
    entry("Name", metadata.path("name").asText());
    entry("Namespace", metadata.path("namespace").asText());
    map("Labels", metadata.path("labels"));
    map("Annotations", metadata.path("annotations"));
    entry("API Version", resource.path("apiVersion").asText());
    entry("Kind", resource.path("kind").asText());
    if (metadata.path("creationTimestamp").isTextual()) {
      String created = metadata.path("creationTimestamp").asText();
      entry("Created", created + " (" + Age.since(created, now) + " ago)");
    }
    if (metadata.path("generation").isNumber()) {
      entry("Generation", metadata.path("generation").asText());
    }
    for (JsonNode owner : metadata.path("ownerReferences")) {
      entry("Owned By", owner.path("kind").asText() + "/" + owner.path("name").asText());
    }
  }

  private void entry(String key, String value) {
    text.append(padded(key + ":")).append(shortened(value)).append('\n');
  }

  private void map(String key, JsonNode map) {
    String lead = key + ":";
    for (Map.Entry<String, JsonNode> one : map.properties()) {
      if (!one.getKey().equals(LAST_APPLIED)) {
        text.append(padded(lead))
            .append(shortened(one.getKey() + "=" + one.getValue().asText()))
            .append('\n');
        lead = "";
      }
    }
    if (!lead.isEmpty()) {
      text.append(padded(lead)).append("<none>\n");
    }
  }

  private static String padded(String key) {
    return key + " ".repeat(Math.max(1, KEY_WIDTH - key.length()));
  }

  private void part(String title, JsonNode content) {
    if (!content.isEmpty()) {
      text.append(title).append(":\n");
      tree(content, "  ");
    }
  }

  private void tree(JsonNode node, String indent) {
    if (node.isArray()) {
      node.forEach(element -> listed(element, indent));
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      text.append(indent).append(plain(field.getKey())).append(':');
      inside(field.getValue(), indent);
    }
  }

  private void inside(JsonNode value, String indent) {
    if (value.isContainerNode() && !value.isEmpty()) {
      text.append('\n');
      tree(value, indent + "  ");
    } else {
      text.append(' ').append(shortened(value.isContainerNode() ? "<none>" : value.asText()));
      text.append('\n');
    }
  }

  /** The fields of an element stand under each other, the first beside the dash. */
  private void listed(JsonNode element, String indent) {
    text.append(indent).append('-');
    if (element.isObject() && !element.isEmpty()) {
      int start = text.length();
      tree(element, indent + "  ");
      text.replace(start, start + indent.length() + 2, " ");
    } else {
      inside(element, indent);
    }
  }

  private void data(JsonNode resource) {
    for (String field : List.of("data", "binaryData")) {
      JsonNode data = resource.path(field);
      if (!data.isEmpty()) {
        text.append("Data:\n");
        data.properties()
            .forEach(
                entry ->
                    text.append("  ")
                        .append(plain(entry.getKey()))
                        .append(": ")
                        .append(entry.getValue().asText().length())
                        .append(" characters\n"));
      }
    }
  }

  private void conditions(JsonNode conditions) {
    if (conditions.isEmpty()) {
      return;
    }
    TextTable table = new TextTable(List.of("TYPE", "STATUS", "REASON", "AGE", "MESSAGE"));
    for (JsonNode condition : conditions) {
      JsonNode since = condition.path("lastTransitionTime");
      table.row(
          List.of(
              plain(condition.path("type").asText()),
              plain(condition.path("status").asText()),
              plain(condition.path("reason").asText()),
              since.isTextual() ? Age.since(since.asText(), now) : "",
              plain(condition.path("message").asText())));
    }
    text.append("Conditions:\n");
    table.lines().forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private void events(List<JsonNode> events) {
    if (events.isEmpty()) {
      text.append("Events:       <none>\n");
      return;
    }
    TextTable table = new TextTable(List.of("LAST SEEN", "TYPE", "REASON", "MESSAGE"));
    events.stream()
        .sorted(Comparator.comparing(event -> event.path("lastTimestamp").asText()))
        .forEach(
            event ->
                table.row(
                    List.of(
                        Columns.lastSeen(event, now),
                        plain(event.path("type").asText()),
                        plain(event.path("reason").asText()),
                        plain(event.path("message").asText()))));
    text.append("Events:\n");
    table.lines().forEach(line -> text.append("  ").append(line).append('\n'));
  }

  /** On one line, without what a terminal would obey. */
  private static String plain(String value) {
    return value.strip().replaceAll("\\s*\\R\\s*", " ⏎ ").replaceAll("\\p{Cntrl}+", " ");
  }

  private static String shortened(String value) {
    String line = plain(value);
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + " …";
  }
}
