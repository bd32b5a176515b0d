package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunAudience(
    Long selected, @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> skipped) {

  public RunAudience {
    skipped = Absent.map(skipped);
  }
}
