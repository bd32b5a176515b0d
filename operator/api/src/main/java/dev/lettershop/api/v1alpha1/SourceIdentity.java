package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceIdentity(
    String key, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> alsoMatch) {

  public SourceIdentity {
    alsoMatch = Absent.list(alsoMatch);
  }
}
