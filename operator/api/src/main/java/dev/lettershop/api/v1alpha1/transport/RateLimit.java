package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How fast mails may be sent. */
@ValidationRule(
    value = "has(self.perSecond) || has(self.perDomain)",
    message = "must set at least one of perSecond and perDomain")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RateLimit(
    @JsonPropertyDescription(
            "Most mails a second over all workers of all campaigns, 1 to 100000. No limit when"
                + " absent.")
        @Min(1)
        @Max(100000)
        Integer perSecond,
    @JsonPropertyDescription(
            "Most mails under way to one recipient domain at a time, over all workers of a run, 1 to"
                + " 1000. No limit when absent.")
        @Min(1)
        @Max(1000)
        Integer perDomain) {}
