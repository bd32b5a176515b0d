package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Sends to one person at a time, when something happens to them. */
@ValidationRule(
    value = "!has(self.unless) || self.unless.event != self.event",
    message = "must not be the event that triggers",
    fieldPath = ".unless")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignTrigger(
    @JsonPropertyDescription("Event that triggers the mail.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String event,
    @JsonPropertyDescription("How long after the event the mail is sent, such as 1h. Default 0s.")
        @Default("0s")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String delay,
    @JsonPropertyDescription("What, when it happens during the delay, stops the mail.")
        TriggerUnless unless) {
  public CampaignTrigger {
    delay = Absent.or(delay, "0s");
  }
}
