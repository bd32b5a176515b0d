package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** How a triggered campaign is doing, as its workers see it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerStatus(
    @JsonPropertyDescription("People whose event is stored and whose mail is not due or decided.")
        @Min(0)
        Long waiting,
    @JsonPropertyDescription("For how long the mail that is due longest has been so, in seconds.")
        @Min(0)
        Long lagSeconds,
    @JsonPropertyDescription("Mails that were planned in the last 24 hours.") @Min(0) Long planned,
    @JsonPropertyDescription("Mails of today's runs that the SMTP server took.") @Min(0) Long sent,
    @JsonPropertyDescription(
            "People of the last 24 hours who got none, by reason, such as cancelled or reentry.")
        @Size(max = 32)
        Map<String, @Min(0) Long> skipped,
    @JsonPropertyDescription("Why nobody is decided about at the moment; absent while people are.")
        @Size(max = 512)
        String held,
    @JsonPropertyDescription("When the figures were taken (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String time) {
  public TriggerStatus {
    skipped = Absent.map(skipped);
  }
}
