package dev.lettershop.playground.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.playground.api.CrdFile;
import dev.lettershop.playground.api.ResourceKind;
import dev.lettershop.playground.api.ResourceKinds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of each kind, without its name: those of our CRDs, and the usual ones of the kinds
 * that Kubernetes brings.
 */
final class Columns {
  private static final Column AGE =
      Column.named("AGE", (pod, now) -> age(pod.at("/metadata/creationTimestamp"), now));

  private Columns() {}

  static List<Column> of(ResourceKind kind) {
    if (kind.group().equals(ResourceKinds.GROUP)) {
      List<Column> columns = new ArrayList<>();
      CrdFile.of(kind.plural()).columns().forEach(column -> columns.add(Column.of(column)));
      return columns;
    }
    return switch (kind.kind()) {
      case "Pod" -> pods();
      case "Job" -> jobs();
      case "CronJob" -> cronJobs();
      case "ConfigMap" -> List.of(Column.named("DATA", (map, now) -> entries(map)), AGE);
      case "Secret" ->
          List.of(
              Column.named("TYPE", (secret, now) -> secret.path("type").asText("Opaque")),
              Column.named("DATA", (secret, now) -> entries(secret)),
              AGE);
      case "Event" -> events();
      default -> List.of(AGE);
    };
  }

  private static List<Column> pods() {
    return List.of(
        Column.named("READY", (pod, now) -> ready(pod)),
        Column.named("STATUS", (pod, now) -> podStatus(pod)),
        Column.named("RESTARTS", (pod, now) -> Long.toString(restarts(pod))),
        AGE);
  }

  private static String ready(JsonNode pod) {
    JsonNode containers = pod.at("/status/containerStatuses");
    int ready = 0;
    for (JsonNode container : containers) {
      ready += container.path("ready").asBoolean() ? 1 : 0;
    }
    return ready + "/" + pod.at("/spec/containers").size();
  }

  /** Why a container waits or ended says more than the phase. */
  static String podStatus(JsonNode pod) {
    if (pod.at("/metadata").hasNonNull("deletionTimestamp")) {
      return "Terminating";
    }
    for (JsonNode container : pod.at("/status/containerStatuses")) {
      String waiting = container.at("/state/waiting/reason").asText("");
      String ended = container.at("/state/terminated/reason").asText("");
      if (!waiting.isEmpty() || !ended.isEmpty()) {
        return waiting.isEmpty() ? ended : waiting;
      }
    }
    return pod.at("/status/reason").asText(pod.at("/status/phase").asText("Unknown"));
  }

  private static long restarts(JsonNode pod) {
    long restarts = 0;
    for (JsonNode container : pod.at("/status/containerStatuses")) {
      restarts += container.path("restartCount").asLong();
    }
    return restarts;
  }

  private static List<Column> jobs() {
    return List.of(
        Column.named("STATUS", (job, now) -> jobStatus(job)),
        Column.named("COMPLETIONS", (job, now) -> jobCompletions(job)),
        Column.named("DURATION", Columns::jobDuration),
        AGE);
  }

  static String jobCompletions(JsonNode job) {
    return job.at("/status/succeeded").asLong(0) + "/" + job.at("/spec/completions").asLong(1);
  }

  static String jobStatus(JsonNode job) {
    for (String type : List.of("Complete", "Failed", "Suspended", "FailureTarget")) {
      for (JsonNode condition : job.at("/status/conditions")) {
        if (condition.path("type").asText().equals(type)
            && condition.path("status").asText().equals("True")) {
          return type;
        }
      }
    }
    return job.at("/metadata").hasNonNull("deletionTimestamp") ? "Terminating" : "Running";
  }

  private static String jobDuration(JsonNode job, Instant now) {
    JsonNode start = job.at("/status/startTime");
    if (!start.isTextual()) {
      return "";
    }
    try {
      Instant end =
          job.at("/status/completionTime").isTextual()
              ? OffsetDateTime.parse(job.at("/status/completionTime").asText()).toInstant()
              : now;
      return Age.of(Duration.between(OffsetDateTime.parse(start.asText()).toInstant(), end));
    } catch (DateTimeException e) {
      return "<invalid>";
    }
  }

  private static List<Column> cronJobs() {
    return List.of(
        Column.named("SCHEDULE", (cron, now) -> cron.at("/spec/schedule").asText()),
        Column.named("TIMEZONE", (cron, now) -> cron.at("/spec/timeZone").asText("<none>")),
        Column.named("SUSPEND", (c, now) -> c.at("/spec/suspend").asBoolean() ? "True" : "False"),
        Column.named("ACTIVE", (cron, now) -> "" + cron.at("/status/active").size()),
        Column.named(
            "LAST SCHEDULE",
            (cron, now) -> {
              JsonNode last = cron.at("/status/lastScheduleTime");
              return last.isTextual() ? Age.since(last.asText(), now) : "<none>";
            }),
        AGE);
  }

  private static List<Column> events() {
    return List.of(
        Column.named("LAST SEEN", Columns::lastSeen),
        Column.named("TYPE", (event, now) -> event.path("type").asText()),
        Column.named("REASON", (event, now) -> event.path("reason").asText()),
        Column.named("OBJECT", (event, now) -> object(event)),
        Column.named("MESSAGE", (event, now) -> event.path("message").asText().strip()));
  }

  static String lastSeen(JsonNode event, Instant now) {
    for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
      if (event.path(field).isTextual() && !event.path(field).asText().isEmpty()) {
        return Age.since(event.path(field).asText(), now);
      }
    }
    return age(event.at("/metadata/creationTimestamp"), now);
  }

  private static String object(JsonNode event) {
    JsonNode object = event.path("involvedObject");
    return object.path("kind").asText().toLowerCase(java.util.Locale.ROOT)
        + "/"
        + object.path("name").asText();
  }

  private static String entries(JsonNode resource) {
    return Integer.toString(resource.path("data").size() + resource.path("binaryData").size());
  }

  private static String age(JsonNode timestamp, Instant now) {
    return timestamp.isTextual() ? Age.since(timestamp.asText(), now) : "<unknown>";
  }
}
