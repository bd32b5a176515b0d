package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** What one worker of a run reports. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ShardStatus(
    @JsonPropertyDescription("What the worker is doing: Syncing, Freezing, Sending or Finished.")
        ShardActivity activity,
    @JsonPropertyDescription("Recipients of this shard.") @Min(0) Long selected,
    @JsonPropertyDescription("People of this shard who get no mail, by reason. At most 32.")
        @Size(max = 32)
        Map<String, @Min(0) Long> skipped,
    @JsonPropertyDescription("Mails that the SMTP server took.") @Min(0) Long sent,
    @JsonPropertyDescription("Mails that failed for good.") @Min(0) Long failed,
    @JsonPropertyDescription("Mails that wait for another try.") @Min(0) Long deferred,
    @JsonPropertyDescription("Mails of which a crash left open whether they were sent.") @Min(0)
        Long uncertain,
    @JsonPropertyDescription("Mails that the SMTP server took, by variant. At most 10.")
        @Size(max = 10)
        Map<String, @Min(0) Long> variants,
    @JsonPropertyDescription("When the worker last reported (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String time,
    @JsonPropertyDescription("Why nothing is sent at the moment. Absent while mails go out.")
        ShardPause pause,
    @JsonPropertyDescription(
            "Addresses of the store that mail was refused for and that are not suppressed, because so"
                + " many were at once: \"lettershop held list\" shows them. Absent when there are none.")
        @Min(0)
        Long suppressionsHeld) {
  public ShardStatus {
    skipped = Absent.map(skipped);
    variants = Absent.map(variants);
  }

  /** Of a worker that is not held up, and holds nothing back. */
  public ShardStatus(
      ShardActivity activity,
      Long selected,
      Map<String, Long> skipped,
      Long sent,
      Long failed,
      Long deferred,
      Long uncertain,
      Map<String, Long> variants,
      String time) {
    this(
        activity, selected, skipped, sent, failed, deferred, uncertain, variants, time, null, null);
  }
}
