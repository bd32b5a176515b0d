package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects as the table that {@code kubectl get} prints, from the printer columns of the CRDs. */
final class PrinterTable {
  /** A step of a path: {@code .name}, or {@code [?(@.name=="value")]}. */
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[\\?\\(@\\.([A-Za-z0-9_-]+)==\"([^\"]*)\"\\)]");

  private PrinterTable() {}

  private record Column(String name, String type, String path, int priority) {}

  static ObjectNode of(ResourceType type, StoredObject object, Clock clock) {
    String version = Long.toString(object.version());
    return of(type, List.of(object), version, clock);
  }

  static ObjectNode of(ResourceType type, List<StoredObject> objects, String version, Clock clock) {
    ObjectNode table = StoredObject.JSON.createObjectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", version);
    List<Column> columns = columns(type);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type().equals("date") ? "string" : column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", "")
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (StoredObject object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.add(cell(column, object.json(), clock)));
      ObjectNode reference = row.putObject("object");
      reference.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
      reference.set("metadata", object.json().get("metadata"));
    }
    return table;
  }

  private static List<Column> columns(ResourceType type) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("Name", "string", ".metadata.name", 0));
    JsonNode own = type.crd().path("additionalPrinterColumns");
    for (JsonNode one : own) {
      columns.add(
          new Column(
              one.get("name").asText(),
              one.get("type").asText(),
              one.get("jsonPath").asText(),
              one.path("priority").asInt()));
    }
    columns.addAll(builtIn(type));
    if (own.isEmpty()) {
      columns.add(new Column("Age", "date", ".metadata.creationTimestamp", 0));
    }
    return columns;
  }

  private static List<Column> builtIn(ResourceType type) {
    return switch (type.kind()) {
      case "Pod" -> List.of(new Column("Status", "string", ".status.phase", 0));
      case "Job" ->
          List.of(
              new Column("Active", "integer", ".status.active", 0),
              new Column("Completions", "integer", ".status.succeeded", 0),
              new Column("Failed", "integer", ".status.failed", 0));
      case "CronJob" ->
          List.of(
              new Column("Schedule", "string", ".spec.schedule", 0),
              new Column("Timezone", "string", ".spec.timeZone", 0),
              new Column("Suspend", "boolean", ".spec.suspend", 0),
              new Column("Last Schedule", "date", ".status.lastScheduleTime", 0));
      case "Event" ->
          List.of(
              new Column("Last Seen", "date", ".lastTimestamp", 0),
              new Column("Type", "string", ".type", 0),
              new Column("Reason", "string", ".reason", 0),
              new Column("Object", "string", ".involvedObject.name", 0),
              new Column("Message", "string", ".message", 0));
      default -> List.of();
    };
  }

  private static JsonNode cell(Column column, JsonNode object, Clock clock) {
    JsonNode value = at(object, column.path());
    if (value.isMissingNode() || value.isNull()) {
      return StoredObject.JSON.nullNode();
    }
    if (column.type().equals("date")) {
      return StoredObject.JSON.getNodeFactory().textNode(age(value.asText(), clock));
    }
    return value.isContainerNode()
        ? StoredObject.JSON.getNodeFactory().textNode(value.toString())
        : value;
  }

  /** The first value at a path of the few forms that the CRDs use. */
  static JsonNode at(JsonNode object, String path) {
    JsonNode at = object;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      at = step.group(1) != null ? at.path(step.group(1)) : item(at, step);
    }
    return at;
  }

  private static JsonNode item(JsonNode list, Matcher step) {
    for (JsonNode one : list) {
      if (one.path(step.group(2)).asText().equals(step.group(3))) {
        return one;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static String age(String time, Clock clock) {
    try {
      return text(Duration.between(Instant.parse(time), clock.instant()));
    } catch (DateTimeParseException e) {
      return "<invalid>";
    }
  }

  /** As kubectl writes it: two units for short times, one for long ones. */
  static String text(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return Math.max(0, seconds) + "s";
    } else if (minutes < 10) {
      return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    } else if (minutes < 180) {
      return minutes + "m";
    } else if (hours < 8) {
      return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    } else if (hours < 48) {
      return hours + "h";
    }
    return days < 8 && hours % 24 != 0 ? days + "d" + hours % 24 + "h" : days + "d";
  }
}
