package dev.lettershop.api.v1alpha1.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** What a content rule says in another language. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContentTranslation(
    @JsonPropertyDescription(
            "Language tag (BCP 47), such as de or pt-BR. Profiles get the translation that fits"
                + " their locale best, slot by slot.")
        @Required
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String locale,
    @JsonPropertyDescription("Values of slots that the rule sets, by slot. 1 to 64.")
        @Required
        @Size(min = 1, max = 64)
        Map<String, @Size(max = Formats.SLOT_MAX) String> set) {
  public ContentTranslation {
    set = Absent.map(set);
  }
}
