package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Sends to one person at a time, when something happens to them. */
@ValidationRule(
    value = "[has(self.event), has(self.enters)].exists_one(x, x)",
    message = "exactly one of event and enters must be set")
@ValidationRule(
    value = "!has(self.unless) || !has(self.event) || self.unless.event != self.event",
    message = "must not be the event that triggers",
    fieldPath = ".unless")
@ValidationRule(
    value = "!has(self.enters) || !has(self.unless) || !has(self.unless.matching)",
    message = "must only have matching with event",
    fieldPath = ".unless")
@ValidationRule(
    value = "!has(self.enters) || !has(self.reentry) || !has(self.reentry.by)",
    message = "must only have by with event",
    fieldPath = ".reentry")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignTrigger(
    @JsonPropertyDescription("Event that triggers the mail.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String event,
    @JsonPropertyDescription("Segment of which each new member gets the mail, in place of event.")
        TriggerSegment enters,
    @JsonPropertyDescription(
            "Who gets it: a CEL rule about the profile and, where an event triggers, about event, such"
                + " as event.total > 50.0. It is asked when the mail is due. Everybody when absent.")
        @Size(min = 1, max = 4096)
        String when,
    @JsonPropertyDescription(
            "How long after the event the mail is due, such as 1h. Default 0s. A change counts for"
                + " everybody who waits.")
        @Default("0s")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String delay,
    @JsonPropertyDescription("What, when it happens before the mail is sent, stops it.")
        TriggerUnless unless,
    @JsonPropertyDescription("How often one person gets the mail. Once in 24 hours when absent.")
        @Default("{\"atMost\": 1}")
        TriggerReentry reentry,
    @JsonPropertyDescription(
            "Whether the same event again, before the mail is due, starts the delay anew: the newest"
                + " event counts. Default false.")
        @Default("false")
        Boolean restart) {
  public CampaignTrigger {
    delay = Absent.or(delay, "0s");
    reentry = Absent.or(reentry, new TriggerReentry(null, null, null));
    restart = Absent.or(restart, false);
  }
}
