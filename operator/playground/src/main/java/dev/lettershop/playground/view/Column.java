package dev.lettershop.playground.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One column of a table of resources.
 *
 * @param heading in capitals
 * @param wide whether it is only shown with {@code -o wide}
 */
record Column(String heading, boolean wide, Cell cell) {

  /** What stands in the column for a resource; never null. */
  interface Cell {
    String of(JsonNode resource, Instant now);
  }

  static Column named(String heading, Cell cell) {
    return new Column(heading, false, cell);
  }

  /** The column that an {@code additionalPrinterColumns} entry of a CRD describes. */
  static Column of(JsonNode printerColumn) {
    JsonPath path = JsonPath.of(printerColumn.path("jsonPath").asText());
    boolean date = printerColumn.path("type").asText().equals("date");
    return new Column(
        printerColumn.path("name").asText().toUpperCase(Locale.ROOT),
        printerColumn.path("priority").asInt(0) > 0,
        (resource, now) -> {
          List<JsonNode> found = path.in(resource);
          if (found.isEmpty() || found.get(0).isNull()) {
            return "";
          }
          String value = text(found.get(0));
          return date ? Age.since(value, now) : value;
        });
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
