package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record SegmentRule(
    String attribute,
    String event,
    String segment,
    RuleOperator operator,
    String value,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> values,
    String within,
    Integer atLeast,
    Integer atMost,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PropertyRule> where,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SegmentTerm> anyOf,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SegmentTerm> allOf) {

  public SegmentRule {
    values = Absent.list(values);
    where = Absent.list(where);
    anyOf = Absent.list(anyOf);
    allOf = Absent.list(allOf);
  }
}
