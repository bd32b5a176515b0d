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

/** A made-up recipient to look at the template with. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplatePreview(
    @JsonPropertyDescription("Name of the preview.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription(
            "Attributes of the made-up profile, each of its attribute's type. Never those of a real"
                + " person. At most 200.")
        @Size(max = 200)
        Map<String, JsonNode> profile,
    @JsonPropertyDescription("Content of slots. At most 100.") @Size(max = 100)
        Map<String, @Size(max = Formats.SLOT_MAX) String> content) {
  public TemplatePreview {
    profile = Absent.map(profile);
    content = Absent.map(content);
  }
}
