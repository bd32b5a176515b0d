package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What a campaign's mails are to lead to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignGoal(
    @JsonPropertyDescription("The event of the store that is to happen, such as order_completed.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String event,
    @JsonPropertyDescription(
            "How long after the mail, or after a click in it, the event counts, such as 7d. Default"
                + " 7d.")
        @Default("7d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String within,
    @JsonPropertyDescription(
            "The event's property that says what it is worth, such as total: an Integer or a Double."
                + " Only how often it happens is counted when absent.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String value) {
  public CampaignGoal {
    within = Absent.or(within, "7d");
  }
}
