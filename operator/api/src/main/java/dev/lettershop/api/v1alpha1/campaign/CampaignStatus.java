package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator observed of a campaign. Counts and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the campaign: Ready, ResolvedRefs, LastRunSucceeded, and while true Reconciling and Stalled, at most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions,
    @JsonPropertyDescription("Hash of the current plan, such as sha256:….")
        @Size(max = 80)
        @Pattern("^[a-z0-9]+:[0-9a-f]+$")
        String planHash,
    @JsonPropertyDescription("When the next run is due (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String nextRunTime,
    @JsonPropertyDescription("The newest run.") CampaignLastRun lastRun,
    @JsonPropertyDescription("How it is doing, when it is triggered. Written by its workers.")
        TriggerStatus trigger) {
  public CampaignStatus {
    conditions = Absent.list(conditions);
  }
}
