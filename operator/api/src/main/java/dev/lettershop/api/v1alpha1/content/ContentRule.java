package dev.lettershop.api.v1alpha1.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Fills slots for some of the recipients. */
@ValidationRule(
    value = "has(self.when) != has(self.segment)",
    message = "exactly one of when and segment must be set")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContentRule(
    @JsonPropertyDescription("CEL expression that is true for those whom the rule is for.")
        @Size(min = 1, max = Formats.CEL_MAX)
        String when,
    @JsonPropertyDescription("Segment whose members the rule is for.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String segment,
    @JsonPropertyDescription(
            "Values of slots, by slot, each of its slot's type; items of a List are lines. 1 to 64."
                + " For each slot the first rule that sets it wins.")
        @Required
        @Size(min = 1, max = 64)
        Map<String, @Size(max = Formats.SLOT_MAX) String> set,
    @JsonPropertyDescription("The same in other languages. At most 64.")
        @Size(max = 64)
        @ListKeys("locale")
        List<ContentTranslation> translations) {
  public ContentRule {
    translations = Absent.list(translations);
    set = Absent.map(set);
  }
}
