package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** How fast mails may be sent. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RateLimit(
    @JsonPropertyDescription("Most mails a second over all workers of a run, 1 to 100000.")
        @Required
        @Min(1)
        @Max(100000)
        Integer perSecond) {}
