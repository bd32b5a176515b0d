package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** A template in another language. */
@ValidationRule(
    value = "!(has(self.html) && has(self.mjml))",
    message = "at most one of html and mjml must be set")
@ValidationRule(
    value =
        "has(self.subject) || has(self.preheader) || has(self.html) || has(self.mjml) ||"
            + " has(self.text) || has(self.slots) || has(self.defaults)",
    message =
        "at least one of subject, preheader, html, mjml, text, slots and defaults must be set")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplateTranslation(
    @JsonPropertyDescription(
            "Language tag (BCP 47), such as de or pt-BR. Profiles get the translation that fits"
                + " their locale best.")
        @Required
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String locale,
    @JsonPropertyDescription("Subject in this language. The template's own when absent.")
        @Size(min = 1, max = Formats.SUBJECT_MAX)
        String subject,
    @JsonPropertyDescription("Preheader in this language. The template's own when absent.")
        @Size(max = Formats.SUBJECT_MAX)
        String preheader,
    @JsonPropertyDescription(
            "HTML in this language. The template's own when html and mjml are absent.")
        @Size(min = 1, max = Formats.BODY_MAX)
        String html,
    @JsonPropertyDescription(
            "MJML in this language. The template's own when html and mjml are absent.")
        @Size(min = 1, max = Formats.BODY_MAX)
        String mjml,
    @JsonPropertyDescription(
            "Text part in this language. Made from this language's HTML when only that is set, else"
                + " the template's own.")
        @Size(min = 1, max = Formats.BODY_MAX)
        String text,
    @JsonPropertyDescription(
            "Values in this language for slots that no rule fills, by slot. At most 64.")
        @Size(max = 64)
        Map<String, @Size(max = Formats.SLOT_MAX) String> slots,
    @JsonPropertyDescription(
            "Text in this language for attributes that a profile lacks, by attribute. At most 100.")
        @Size(max = 100)
        Map<String, @Size(max = Formats.SLOT_MAX) String> defaults) {
  public TemplateTranslation {
    slots = Absent.map(slots);
    defaults = Absent.map(defaults);
  }
}
