package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record PropertyRule(
    String property,
    RuleOperator operator,
    String value,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> values) {

  public PropertyRule {
    values = Absent.list(values);
  }
}
