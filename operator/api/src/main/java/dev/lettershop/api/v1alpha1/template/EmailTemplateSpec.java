package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** What. */
@ValidationRule(
    value = "has(self.html) != has(self.mjml)",
    message = "exactly one of html and mjml must be set")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EmailTemplateSpec(
    @JsonPropertyDescription(
            "The ProfileStore whose attributes the template may use. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription(
            "Language of the template: Mustache (the default), Handlebars or Liquid.")
        @Default("Mustache")
        TemplateEngine engine,
    @JsonPropertyDescription(
            "Language tag (BCP 47) of the template's own texts, such as en. Profiles without a"
                + " translation for their locale get dates and numbers in this language too."
                + " Without it, dates and numbers follow the profile's locale alone.")
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String locale,
    @JsonPropertyDescription(
            "Subject line, such as {{profile.first_name}}, {{content.headline}}. Only partials need none.")
        @Size(min = 1, max = Formats.SUBJECT_MAX)
        String subject,
    @JsonPropertyDescription("Text that mail programs show beside the subject.")
        @Size(max = Formats.SUBJECT_MAX)
        String preheader,
    @JsonPropertyDescription("Body in HTML. Values are escaped. Exactly one of html and mjml.")
        @Size(min = 1, max = Formats.BODY_MAX)
        String html,
    @JsonPropertyDescription(
            "Body in MJML, from which responsive HTML is made. Exactly one of html and mjml.")
        @Size(min = 1, max = Formats.BODY_MAX)
        String mjml,
    @JsonPropertyDescription("Text part. Made from the HTML when absent.")
        @Size(min = 1, max = Formats.BODY_MAX)
        String text,
    @JsonPropertyDescription("Other templates whose bodies this one includes. At most 32.")
        @Size(max = 32)
        @ListKeys("name")
        List<TemplatePartial> partials,
    @JsonPropertyDescription("Places that campaigns fill. At most 64.")
        @Size(max = 64)
        @ListKeys("name")
        List<TemplateSlot> slots,
    @JsonPropertyDescription(
            "Text to show in place of attributes that a profile lacks, by attribute. At most 100.")
        @Size(max = 100)
        Map<String, @Size(max = Formats.SLOT_MAX) String> defaults,
    @JsonPropertyDescription("The template in other languages. At most 64.")
        @Size(max = 64)
        @ListKeys("locale")
        List<TemplateTranslation> translations,
    @JsonPropertyDescription("Made-up recipients to look at the template with. At most 32.")
        @Size(max = 32)
        @ListKeys("name")
        List<TemplatePreview> previews) {
  public EmailTemplateSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    engine = Absent.or(engine, TemplateEngine.Mustache);
    partials = Absent.list(partials);
    slots = Absent.list(slots);
    defaults = Absent.map(defaults);
    translations = Absent.list(translations);
    previews = Absent.list(previews);
  }

  /** The same with another subject. */
  public EmailTemplateSpec withSubject(String other) {
    return new EmailTemplateSpec(
        storeRef,
        engine,
        locale,
        other,
        preheader,
        html,
        mjml,
        text,
        partials,
        slots,
        defaults,
        translations,
        previews);
  }
}
