package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignRunStatus(
    Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Condition> conditions,
    String planHash,
    String startTime,
    String completionTime,
    RunAudience audience,
    DeliveryCounts deliveries,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VariantCounts> variants,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, ShardStatus> shards) {

  public CampaignRunStatus {
    conditions = Absent.list(conditions);
    variants = Absent.list(variants);
    shards = Absent.map(shards);
  }
}
