package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** What fills the recommendations of a campaign's mails. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignRecommendations(
    @JsonPropertyDescription("The Model with recommend.") @Required LocalRef modelRef,
    @JsonPropertyDescription(
            "Most items in one mail, 1 to 50. Default: as many as the Model recommends.")
        @Min(1)
        @Max(50)
        Integer atMost) {}
