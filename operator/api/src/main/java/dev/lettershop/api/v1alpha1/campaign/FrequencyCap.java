package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How much mail one person gets from all campaigns together. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FrequencyCap(
    @JsonPropertyDescription("Most mails in the time, 1 to 1000.") @Required @Min(1) @Max(1000)
        Integer messages,
    @JsonPropertyDescription("The time, such as 168h or 7d.")
        @Required
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String per) {}
