package dev.lettershop.playground.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line for each change of a resource that somebody would want to see: what {@code kubectl get
 * -w} shows, for all kinds in the same columns. Remembers what it said; for one thread at a time.
 */
public final class ChangeFeed {
  private static final String FORMAT = "%-34s %-9s %-18s %s";
  private static final Map<String, String> CONDITIONS = Map.of("CampaignRun", "Succeeded");

  private static final int MAX_CELL = 100;

  private final Map<String, String> said = new HashMap<>();

  /** What stands above the lines. */
  public static String heading() {
    return line("RESOURCE", "STATUS", "REASON", "");
  }

  /** What there is to say about a resource; empty when nothing has changed that matters. */
  public Optional<String> changed(JsonNode resource) {
    String kind = resource.path("kind").asText();
    String key = kind.toLowerCase(Locale.ROOT) + "/" + resource.at("/metadata/name").asText();
    Optional<String> line =
        switch (kind) {
          case "Job" -> job(key, resource);
          case "Pod" -> pod(key, resource);
          case "CronJob" -> Optional.of(cronJob(key, resource));
          default -> condition(key, resource, CONDITIONS.getOrDefault(kind, "Ready"));
        };
    return line.filter(text -> !text.equals(said.put(key, text)));
  }

  private static Optional<String> job(String key, JsonNode job) {
    return Optional.of(
        line(key, Columns.jobStatus(job), "", Columns.jobCompletions(job) + " completed"));
  }

  private static Optional<String> pod(String key, JsonNode pod) {
    return Optional.of(line(key, Columns.podStatus(pod), "", ""));
  }

  private static String cronJob(String key, JsonNode cronJob) {
    boolean suspended = cronJob.at("/spec/suspend").asBoolean();
    String zone = cronJob.at("/spec/timeZone").asText("");
    return line(
        key,
        suspended ? "Suspended" : "Active",
        "",
        cronJob.at("/spec/schedule").asText() + (zone.isEmpty() ? "" : " " + zone));
  }

  private static Optional<String> condition(String key, JsonNode resource, String type) {
    for (JsonNode condition : resource.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        String status = condition.path("status").asText();
        boolean told = type.equals("Ready") && status.equals("True");
        return Optional.of(
            line(
                key,
                status,
                condition.path("reason").asText(),
                told ? figures(resource) : runFigures(resource, condition)));
      }
    }
    return Optional.empty();
  }

  /** Ready is ready; what else a line says is what the resource has come to. */
  private static String figures(JsonNode resource) {
    JsonNode status = resource.path("status");
    if (status.has("nextRunTime")) {
      return "next " + status.path("nextRunTime").asText();
    }
    if (status.has("lastSync")) {
      return status.at("/lastSync/read").asLong() + " records";
    }
    return status.has("size") ? status.path("size").asLong() + " people" : "";
  }

  private static String runFigures(JsonNode resource, JsonNode condition) {
    JsonNode status = resource.path("status");
    if (status.has("deliveries") && !condition.path("status").asText().equals("False")) {
      return status.at("/deliveries/sent").asLong()
          + " of "
          + status.at("/audience/selected").asLong()
          + " sent";
    }
    return condition.path("message").asText();
  }

  /** The event as a line: when, what kind, why, of what, and in words. */
  public static String event(JsonNode event) {
    JsonNode object = event.path("involvedObject");
    String key =
        object.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + object.path("name").asText();
    return line(key, event.path("type").asText(), event.path("reason").asText(), oneLine(event));
  }

  private static String oneLine(JsonNode event) {
    return event.path("message").asText().strip();
  }

  private static String line(String key, String status, String reason, String words) {
    List<String> cells =
        List.of(key, status, reason, words).stream()
            .map(cell -> cell.replaceAll("\\p{Cntrl}+", " "))
            .map(cell -> cell.length() <= MAX_CELL ? cell : cell.substring(0, MAX_CELL) + " …")
            .toList();
    return String.format(Locale.ROOT, FORMAT, cells.toArray()).stripTrailing();
  }
}
