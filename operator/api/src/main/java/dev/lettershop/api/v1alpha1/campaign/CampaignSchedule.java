package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When a campaign is sent. */
@ValidationRule(
    value = "[has(self.cron), has(self.at), has(self.trigger)].exists_one(x, x)",
    message = "exactly one of cron, at and trigger must be set")
@ValidationRule(
    value = "!has(self.timeZone) || has(self.cron)",
    message = "must only be set with cron",
    fieldPath = ".timeZone")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignSchedule(
    @JsonPropertyDescription(
            "Again and again, in cron syntax (minute, hour, day of month, month, day of week), such"
                + " as 0 9 * * MON.")
        @Size(min = 1, max = Formats.CRON_MAX)
        @Pattern(Formats.CRON)
        String cron,
    @JsonPropertyDescription(
            "IANA name of the time zone of cron, such as Europe/Berlin. Etc/UTC when absent.")
        @Size(min = 1, max = Formats.TIME_ZONE_MAX)
        @Pattern(Formats.TIME_ZONE)
        String timeZone,
    @JsonPropertyDescription("Once, at this time (RFC 3339), such as 2027-03-01T09:00:00Z.")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String at,
    @JsonPropertyDescription("Whenever an event happens to somebody.") CampaignTrigger trigger) {}
