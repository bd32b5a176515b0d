package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourceSettings(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> requests,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> limits) {

  public ResourceSettings {
    requests = Absent.map(requests);
    limits = Absent.map(limits);
  }
}
