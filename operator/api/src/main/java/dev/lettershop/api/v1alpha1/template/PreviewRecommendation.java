package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Something that is recommended to a made-up recipient. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PreviewRecommendation(
    @JsonPropertyDescription("What the shop calls it.") @Required @Size(min = 1, max = 200)
        String id,
    @JsonPropertyDescription("Name that is shown.") @Size(max = 500) String name,
    @JsonPropertyDescription("A sentence about it.") @Size(max = 2000) String description,
    @JsonPropertyDescription("Where it is shown in full.") @Size(max = Formats.URL_MAX) String url,
    @JsonPropertyDescription("Its picture.") @Size(max = Formats.URL_MAX) String imageUrl,
    @JsonPropertyDescription("What it costs.") Double price,
    @JsonPropertyDescription("Currency of the price, as ISO 4217 has it.")
        @Size(max = 3)
        @Pattern(Formats.CURRENCY)
        String currency) {}
