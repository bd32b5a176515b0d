package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Audience(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> include,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> exclude) {
  static final Audience NOBODY = new Audience(null, null);

  public Audience {
    include = Absent.list(include);
    exclude = Absent.list(exclude);
  }
}
