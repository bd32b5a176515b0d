package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContentRule(
    String when,
    String segment,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> set) {

  public ContentRule {
    set = Absent.map(set);
  }
}
