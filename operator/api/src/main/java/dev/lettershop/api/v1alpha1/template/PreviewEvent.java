package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Something that has happened to a made-up recipient. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PreviewEvent(
    @JsonPropertyDescription("Name of the event, as the ProfileStore declares it.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "How long before the mail it happened, such as 2h or 3d. 2h when absent.")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String ago,
    @JsonPropertyDescription(
            "Properties, each of its property's type. Those that are absent are made up. At most 100.")
        @Size(max = 100)
        Map<String, JsonNode> properties) {
  public PreviewEvent {
    properties = Absent.map(properties);
  }
}
