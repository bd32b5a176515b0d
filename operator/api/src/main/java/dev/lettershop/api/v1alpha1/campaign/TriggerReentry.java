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

/** How often one person gets a triggered mail. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerReentry(
    @JsonPropertyDescription("Mails, 1 to 100. Default 1.") @Default("1") @Min(1) @Max(100)
        Integer atMost,
    @JsonPropertyDescription("Time between the events of so many mails. Default 24h.")
        @Default("24h")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String per,
    @JsonPropertyDescription(
            "Property of the event of which each value counts by itself, such as order_id. All events"
                + " of the person count together when absent.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String by) {
  public TriggerReentry {
    atMost = Absent.or(atMost, 1);
    per = Absent.or(per, "24h");
  }
}
