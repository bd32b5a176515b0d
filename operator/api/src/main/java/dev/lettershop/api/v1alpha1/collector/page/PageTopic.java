package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** A topic as the pages show it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PageTopic(
    @JsonPropertyDescription("Name of the topic in the ProfileStore.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.TOPIC)
        String name,
    @JsonPropertyDescription(
            "What the topic is called, by language, such as en: Newsletter. Its name when absent. At"
                + " most 64.")
        @Size(max = 64)
        Map<String, @Size(min = 1, max = 128) String> title,
    @JsonPropertyDescription("What one gets, by language. At most 64.") @Size(max = 64)
        Map<String, @Size(min = 1, max = 500) String> description) {
  public PageTopic {
    title = Absent.map(title);
    description = Absent.map(description);
  }
}
