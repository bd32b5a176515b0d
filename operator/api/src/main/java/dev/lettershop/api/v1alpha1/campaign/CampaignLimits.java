package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** What a run refuses to exceed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignLimits(
    @JsonPropertyDescription(
            "Recipients above which a run ends before its first mail; of a triggered campaign, those of an"
                + " hour, after which the others wait for the next. No limit when absent.")
        @Min(1)
        @Max(1000000000)
        Long maxRecipients) {}
