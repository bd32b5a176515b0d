package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** A group of people, named by what it is like. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelGroup(
    @JsonPropertyDescription("Name of the group, such as high-value-frequent.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription(
            "Where the group lies among the groups, by the name of a feature: Low, Medium or High. 1 to 20.")
        @Required
        @Size(min = 1, max = 20)
        Map<String, FeatureLevel> like) {
  public ModelGroup {
    like = Absent.map(like);
  }
}
