package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.experiment.VariantCounts;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** What became of a run. Counts and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignRunStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the run: Succeeded, Unknown while it is under way, at most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions,
    @JsonPropertyDescription("Hash of the plan that the run follows, such as sha256:….")
        @Size(max = 80)
        @Pattern("^[a-z0-9]+:[0-9a-f]+$")
        String planHash,
    @JsonPropertyDescription("When the run began (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String startTime,
    @JsonPropertyDescription("When the run ended (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String completionTime,
    @JsonPropertyDescription("Who was selected, and who was not and why.") RunAudience audience,
    @JsonPropertyDescription("What became of the mails.") DeliveryCounts deliveries,
    @JsonPropertyDescription("What each variant sent. At most 10.")
        @Size(max = 10)
        @ListKeys("name")
        List<VariantCounts> variants,
    @JsonPropertyDescription(
            "How the comparison of the variants stands, where it is to be decided.")
        ExperimentStatus experiment,
    @JsonPropertyDescription("What each worker reports, by the number of its shard. At most 256.")
        @Size(max = 256)
        Map<String, ShardStatus> shards) {
  public CampaignRunStatus {
    conditions = Absent.list(conditions);
    variants = Absent.list(variants);
    shards = Absent.map(shards);
  }

  /** Of a run of which nothing is to be decided. */
  public CampaignRunStatus(
      Long observedGeneration,
      List<Condition> conditions,
      String planHash,
      String startTime,
      String completionTime,
      RunAudience audience,
      DeliveryCounts deliveries,
      List<VariantCounts> variants,
      Map<String, ShardStatus> shards) {
    this(
        observedGeneration,
        conditions,
        planHash,
        startTime,
        completionTime,
        audience,
        deliveries,
        variants,
        null,
        shards);
  }
}
