package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** When something is done again and again. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CronSchedule(
    @JsonPropertyDescription(
            "Schedule in cron syntax (minute, hour, day of month, month, day of week), or @daily….")
        @Required
        @Size(min = 1, max = Formats.CRON_MAX)
        @Pattern(Formats.CRON)
        String cron,
    @JsonPropertyDescription(
            "IANA name of the time zone of the schedule, such as Europe/Berlin. Default Etc/UTC.")
        @Default("Etc/UTC")
        @Size(min = 1, max = Formats.TIME_ZONE_MAX)
        @Pattern(Formats.TIME_ZONE)
        String timeZone) {
  public CronSchedule {
    timeZone = Absent.or(timeZone, "Etc/UTC");
  }
}
