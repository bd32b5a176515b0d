package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignStatus(
    Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Condition> conditions,
    String planHash,
    String nextRunTime,
    CampaignLastRun lastRun) {

  public CampaignStatus {
    conditions = Absent.list(conditions);
  }
}
