package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentRules(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SegmentRule> all,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SegmentRule> any,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SegmentRule> none) {

  public SegmentRules {
    all = Absent.list(all);
    any = Absent.list(any);
    none = Absent.list(none);
  }
}
