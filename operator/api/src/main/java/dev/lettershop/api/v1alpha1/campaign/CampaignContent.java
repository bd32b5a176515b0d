package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What a campaign says. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignContent(
    @JsonPropertyDescription("The EmailTemplate to send. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef templateRef,
    @JsonPropertyDescription(
            "Rules that fill the template's slots; for each slot the first that holds wins. At most 100.")
        @Size(max = 100)
        List<ContentRule> rules,
    @JsonPropertyDescription(
            "What fills the template's recommendations; they are empty when absent.")
        CampaignRecommendations recommendations) {
  public CampaignContent {
    templateRef = Absent.or(templateRef, LocalRef.DEFAULT);
    rules = Absent.list(rules);
  }
}
