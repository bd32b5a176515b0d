package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Why a worker sends nothing at the moment. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ShardPause(
    @JsonPropertyDescription("One word, such as RelayFailing or WaitingForDueTime.")
        @Size(min = 1, max = 64)
        @Pattern("^[A-Za-z]+$")
        String reason,
    @JsonPropertyDescription("The same in a sentence. Names no person.") @Size(max = 1024)
        String message) {}
