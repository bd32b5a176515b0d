package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One aspect of what the operator observed, as {@code metav1.Condition}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
    @JsonPropertyDescription("Aspect that the condition is about, such as Ready.")
        @Required
        @Size(min = 1, max = 316)
        @Pattern("^[A-Za-z]([-A-Za-z0-9_./]*[A-Za-z0-9])?$")
        String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required ConditionStatus status,
    @JsonPropertyDescription("Reason for the status in one word in CamelCase, for programs.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        String reason,
    @JsonPropertyDescription("Explanation for people; holds no personal data. May be empty.")
        @Required
        @Size(max = 32768)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String message,
    @JsonPropertyDescription("When the status last changed (RFC 3339).")
        @Required
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String lastTransitionTime,
    @JsonPropertyDescription("Generation of the resource that the condition was made from.")
        @Min(-1)
        Long observedGeneration) {}
