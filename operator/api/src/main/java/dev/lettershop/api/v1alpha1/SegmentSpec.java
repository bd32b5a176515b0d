package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentSpec(
    LocalRef storeRef, String expression, SegmentRules rules, CronSchedule refresh) {

  public SegmentSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
  }
}
