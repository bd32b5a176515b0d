package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One number that is known of a person. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelFeature(
    @JsonPropertyDescription("Name of the feature, such as frequency.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "CEL expression that comes to an Integer, a Double, a Boolean or a Duration (taken as"
                + " days), such as events(\"order_completed\", duration(\"2160h\")).size().")
        @Required
        @Size(min = 1, max = Formats.CEL_MAX)
        String value,
    @JsonPropertyDescription("None (the default), or Log for counts and money.")
        FeatureTransform transform) {
  public ModelFeature {
    transform = Absent.or(transform, FeatureTransform.None);
  }
}
