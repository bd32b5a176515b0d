package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
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
    @JsonPropertyDescription(
            "Language of the made-up profile, such as de-AT; the attribute locale when absent.")
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String locale,
    @JsonPropertyDescription(
            "The moment at which the mail is looked at, in RFC 3339: rules and dates are answered as"
                + " of then. Now when absent.")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String at,
    @JsonPropertyDescription(
            "What has happened to the made-up profile. Events of other names that the mail asks for"
                + " are made up. At most 50.")
        @Size(max = 50)
        List<PreviewEvent> events,
    @JsonPropertyDescription("What is recommended; made up when absent. At most 50.")
        @Size(max = 50)
        List<PreviewRecommendation> recommendations,
    @JsonPropertyDescription("Content of slots. At most 100.") @Size(max = 100)
        Map<String, @Size(max = Formats.SLOT_MAX) String> content) {
  public TemplatePreview {
    profile = Absent.map(profile);
    events = Absent.list(events);
    recommendations = Absent.list(recommendations);
    content = Absent.map(content);
  }
}
