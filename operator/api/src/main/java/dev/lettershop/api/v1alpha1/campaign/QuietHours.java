package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Hours of the recipient's day without mail. */
@ValidationRule(
    value = "self.from != self.to",
    message = "must differ from from: the day would have no other hours",
    fieldPath = ".to")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QuietHours(
    @JsonPropertyDescription("Begin, HH:MM in the recipient's time zone.")
        @Required
        @Size(min = 5, max = 5)
        @Pattern(Formats.TIME_OF_DAY)
        String from,
    @JsonPropertyDescription(
            "End, HH:MM in the recipient's time zone; on the next day when before the begin.")
        @Required
        @Size(min = 5, max = 5)
        @Pattern(Formats.TIME_OF_DAY)
        String to) {}
