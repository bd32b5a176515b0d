package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.experiment.VariantCounts;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The newest run of a campaign. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignLastRun(
    @JsonPropertyDescription("Name of the CampaignRun.") @Size(max = Formats.SUBDOMAIN_MAX)
        String name,
    @JsonPropertyDescription("When it began (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String startTime,
    @JsonPropertyDescription("When it ended (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String completionTime,
    @JsonPropertyDescription(
            "Reason of its condition Succeeded, such as Running, Succeeded or Failed.")
        @Size(max = 64)
        String outcome,
    @JsonPropertyDescription("Recipients selected.") @Min(0) Long audience,
    @JsonPropertyDescription("Mails that the SMTP server took.") @Min(0) Long sent,
    @JsonPropertyDescription("Mails that failed for good.") @Min(0) Long failed,
    @JsonPropertyDescription("Mails that wait for another try.") @Min(0) Long deferred,
    @JsonPropertyDescription("Mails of which a crash left open whether they were sent.") @Min(0)
        Long uncertain,
    @JsonPropertyDescription("What each variant sent. At most 10.")
        @Size(max = 10)
        @ListKeys("name")
        List<VariantCounts> variants) {
  public CampaignLastRun {
    variants = Absent.list(variants);
  }
}
