package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One of the versions that an experiment compares. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Variant(
    @JsonPropertyDescription("Name of the variant, as reports show it.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription(
            "Percentage of the recipients who get it, 1 to 99. All weights add up to 100.")
        @Required
        @Min(1)
        @Max(99)
        Integer weight,
    @JsonPropertyDescription(
            "The EmailTemplate that this variant sends. The campaign's when absent.")
        LocalRef templateRef,
    @JsonPropertyDescription(
            "The subject that this variant shows in place of its template's, in the template's"
                + " language. The template must not have subjects in other languages. The template's"
                + " when absent.")
        @Size(min = 1, max = Formats.SUBJECT_MAX)
        String subject,
    @JsonPropertyDescription(
            "Content rules that count before the campaign's, for each slot that they set. At most 100."
                + " None when absent.")
        @Size(max = 100)
        List<ContentRule> rules,
    @JsonPropertyDescription(
            "Time of day, HH:MM in the recipient's time zone, at which this variant is sent. As"
                + " spec.delivery says when absent.")
        @Size(min = 5, max = 5)
        @Pattern(Formats.TIME_OF_DAY)
        String localTime) {
  public Variant {
    rules = Absent.list(rules);
  }
}
