package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** What became of the mails of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeliveryCounts(
    @JsonPropertyDescription("Mails to send, all together.") @Min(0) Long planned,
    @JsonPropertyDescription("Mails that the SMTP server took.") @Min(0) Long sent,
    @JsonPropertyDescription("Mails that wait for another try.") @Min(0) Long deferred,
    @JsonPropertyDescription("Mails that failed for good.") @Min(0) Long failed,
    @JsonPropertyDescription("Mails of which a crash left open whether they were sent.") @Min(0)
        Long uncertain) {}
