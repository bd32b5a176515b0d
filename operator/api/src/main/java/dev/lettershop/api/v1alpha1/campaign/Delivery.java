package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When and how fast mails go out. */
@ValidationRule(
    value =
        "!has(self.localTime) || !has(self.quietHours) ||"
            + " !(self.quietHours.from < self.quietHours.to"
            + " ? self.localTime >= self.quietHours.from && self.localTime < self.quietHours.to"
            + " : self.localTime >= self.quietHours.from || self.localTime < self.quietHours.to)",
    message = "must not be within the quiet hours",
    fieldPath = ".localTime")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Delivery(
    @JsonPropertyDescription(
            "Time of day, HH:MM in the recipient's time zone, to send at: the next time after the run"
                + " has begun, or at once where it was less than an hour ago. At once when absent.")
        @Size(min = 5, max = 5)
        @Pattern(Formats.TIME_OF_DAY)
        String localTime,
    @JsonPropertyDescription(
            "Hours without mail; what is due then waits for their end. None when absent.")
        QuietHours quietHours,
    @JsonPropertyDescription(
            "How much mail one person gets from all campaigns together. No limit when absent.")
        FrequencyCap frequencyCap,
    @JsonPropertyDescription(
            "Most mails of this campaign a second, 1 to 100000. The transport's limit when absent.")
        @Min(1)
        @Max(100000)
        Integer ratePerSecond,
    @JsonPropertyDescription(
            "Who goes first where campaigns compete for the transport's rate or for what a frequency"
                + " cap leaves: the larger number, 1 to 100. Default 50.")
        @Default("50")
        @Min(1)
        @Max(100)
        Integer priority,
    @JsonPropertyDescription(
            "What becomes of mails of which a crash left open whether they were sent: Skip (never"
                + " twice; the default) or Resend (at least once).")
        @Default("Skip")
        UncertainPolicy onUncertain) {
  public Delivery {
    priority = Absent.or(priority, 50);
    onUncertain = Absent.or(onUncertain, UncertainPolicy.Skip);
  }
}
