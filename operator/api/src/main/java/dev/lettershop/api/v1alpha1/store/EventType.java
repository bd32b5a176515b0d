package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Something that may happen to a profile. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventType(
    @JsonPropertyDescription("Name of the event, as sources write it and rules ask for it.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription("What is known about each such event. At most 100.")
        @Size(max = 100)
        @ListKeys("name")
        List<EventProperty> properties) {
  public EventType {
    properties = Absent.list(properties);
  }
}
