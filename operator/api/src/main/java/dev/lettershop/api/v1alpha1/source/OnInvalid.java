package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What becomes of records that cannot be read. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OnInvalid(
    @JsonPropertyDescription(
            "Quarantine (set aside with line, field and reason, and go on; the default), Skip (count and"
                + " forget them) or Fail (nothing is loaded).")
        @Default("Quarantine")
        InvalidPolicy policy,
    @JsonPropertyDescription(
            "Percentage of invalid records above which nothing is loaded, 0 to 100. Default 5.")
        @Default("5")
        @Min(0)
        @Max(100)
        Integer failAbovePercent,
    @JsonPropertyDescription(
            "How far ahead of the clock a time may lie at which something is said to have happened:"
                + " occurred_at of events and consents, and identity.asOf. Later ones are invalid;"
                + " refusals of consent with such a time count from when they are read. Default 24h.")
        @Default("24h")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String futureTolerance) {
  /** With the default tolerance. */
  public OnInvalid(InvalidPolicy policy, Integer failAbovePercent) {
    this(policy, failAbovePercent, null);
  }

  public OnInvalid {
    policy = Absent.or(policy, InvalidPolicy.Quarantine);
    failAbovePercent = Absent.or(failAbovePercent, 5);
    futureTolerance = Absent.or(futureTolerance, "24h");
  }
}
