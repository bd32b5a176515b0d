package dev.lettershop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.api.v1alpha1.source.SyncCounts;
import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.encoding.JsonMappers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a worker leaves behind when it ends. The control plane reads it from the Pod, so that
 * nothing is lost when the worker could not write a status. Holds no personal data.
 *
 * @param reason one word in CamelCase for how it ended, such as {@code Succeeded}
 * @param message one sentence for people
 * @param planHash of the plan that the run follows, or null when this was not a run
 * @param shard a run's figures, or null
 * @param experiment how the run's experiment stands, or null
 * @param sync a sync's figures, or null
 * @param refresh a refresh's figures, or null
 * @param bounces figures of a reading of bounces, or null
 * @param schema the attributes of the store that was worked on, or null
 * @param model a scoring's figures, or null
 * @param time when it ended (RFC 3339)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TerminationMessage(
    String reason,
    String message,
    String planHash,
    ShardStatus shard,
    ExperimentStatus experiment,
    SyncCounts sync,
    RefreshCounts refresh,
    BounceCounts bounces,
    StoreSchemaStatus schema,
    ModelRun model,
    String time) {
  /** Kubernetes cuts off what is longer. */
  public static final int MAX_BYTES = 4096;

  private static final int MAX_MESSAGE = 1000;
  private static final JsonMapper MAPPER = JsonMappers.LENIENT;

  public TerminationMessage {
    if (message != null && message.length() > MAX_MESSAGE) {
      message = message.substring(0, MAX_MESSAGE) + "…";
    }
  }

  /** Of anything but a reading of bounces. */
  public TerminationMessage(
      String reason,
      String message,
      String planHash,
      ShardStatus shard,
      SyncCounts sync,
      RefreshCounts refresh,
      String time) {
    this(reason, message, planHash, shard, null, sync, refresh, null, null, null, time);
  }

  /** Of a reading of bounces; {@code counts} is null when it came to nothing. */
  public static TerminationMessage ofBounces(
      String reason, String message, BounceCounts counts, String time) {
    return new TerminationMessage(
        reason, message, null, null, null, null, null, counts, null, null, time);
  }

  /** Of forgetting what is past its time; {@code schema} is null when it came to nothing. */
  public static TerminationMessage ofRetention(
      String reason, String message, StoreSchemaStatus schema, String time) {
    return new TerminationMessage(
        reason, message, null, null, null, null, null, null, schema, null, time);
  }

  /** Of a scoring; {@code run} is null when it came to nothing. */
  public static TerminationMessage ofModel(
      String reason, String message, ModelRun run, String time) {
    return new TerminationMessage(
        reason, message, null, null, null, null, null, null, null, run, time);
  }

  /** The same, with how the run's experiment stands; null for none. */
  public TerminationMessage with(ExperimentStatus other) {
    return new TerminationMessage(
        reason, message, planHash, shard, other, sync, refresh, bounces, schema, model, time);
  }

  /** The same, at another time. */
  public TerminationMessage at(String otherTime) {
    return new TerminationMessage(
        reason,
        message,
        planHash,
        shard,
        experiment,
        sync,
        refresh,
        bounces,
        schema,
        model,
        otherTime);
  }

  /** What a refresh came to. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RefreshCounts(Long size, Long entered, Long left, Long milliseconds) {}

  /** JSON of at most {@value #MAX_BYTES} bytes. */
  public String format() {
    String json = json(this);
    return json.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        ? json
        : json(
            new TerminationMessage(
                reason,
                schema == null ? null : message,
                planHash,
                shard,
                experiment,
                sync,
                refresh,
                bounces,
                null,
                model,
                time));
  }

  /** Empty when the text is none, such as the last lines of a log. */
  public static Optional<TerminationMessage> parse(String text) {
    if (text == null || !text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readValue(text, TerminationMessage.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String json(TerminationMessage message) {
    try {
      return MAPPER.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A termination message is plain data", e);
    }
  }
}
