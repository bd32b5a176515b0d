package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentStatus(
    Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Condition> conditions,
    Long size,
    Long entered,
    Long left,
    String lastRefreshTime) {

  public SegmentStatus {
    conditions = Absent.list(conditions);
  }
}
