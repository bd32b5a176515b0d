package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** What one reading of bounces came to, in messages. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BounceCounts(
    @JsonPropertyDescription("Messages read.") @Min(0) Long read,
    @JsonPropertyDescription("Addresses that will never take mail.") @Min(0) Long hard,
    @JsonPropertyDescription("Addresses that take no mail for the time being.") @Min(0) Long soft,
    @JsonPropertyDescription("Mails refused for what they are or whom they come from.") @Min(0)
        Long policy,
    @JsonPropertyDescription("Complaints.") @Min(0) Long complaints,
    @JsonPropertyDescription("Automatic replies, delays and confirmations, which mean nothing.")
        @Min(0)
        Long ignored,
    @JsonPropertyDescription("Messages about deliveries that were known already.") @Min(0)
        Long repeated,
    @JsonPropertyDescription("Messages that are not a bounce of ours; they are kept.") @Min(0)
        Long unknown,
    @JsonPropertyDescription("Addresses suppressed by them.") @Min(0) Long suppressed,
    @JsonPropertyDescription("Addresses whose suppression waits for a decision.") @Min(0)
        Long held) {}
