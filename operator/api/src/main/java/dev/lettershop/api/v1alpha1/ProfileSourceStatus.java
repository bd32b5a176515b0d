package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileSourceStatus(
    Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Condition> conditions,
    String lastSyncTime,
    SyncCounts lastSync) {

  public ProfileSourceStatus {
    conditions = Absent.list(conditions);
  }
}
