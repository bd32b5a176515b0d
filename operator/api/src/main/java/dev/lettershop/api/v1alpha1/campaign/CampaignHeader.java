package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A header field that mails of a campaign carry beside their own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignHeader(
    @JsonPropertyDescription(
            "Name of the field: one that begins with X-, or Feedback-ID, Importance or Organization.")
        @Required
        @Size(min = 3, max = 60)
        @Pattern("^(X-[A-Za-z0-9][A-Za-z0-9-]*|Feedback-ID|Importance|Organization)$")
        String name,
    @JsonPropertyDescription(
            "What it says, the same in each mail: 1 to 10 words of ASCII characters, each of at most"
                + " 60 characters.")
        @Required
        @Size(min = 1, max = 609)
        @Pattern("^[!-~]{1,60}( [!-~]{1,60}){0,9}$")
        String value) {}
