package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Texts of the pages in one language. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PageTexts(
    @JsonPropertyDescription("Language tag (BCP 47), such as de or pt-BR.")
        @Required
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String locale,
    @JsonPropertyDescription("Texts by key. The shipped ones where a key is absent. 1 to 200.")
        @Required
        @Size(min = 1, max = 200)
        Map<String, @Size(min = 1, max = 2000) String> values) {
  public PageTexts {
    values = Absent.map(values);
  }
}
