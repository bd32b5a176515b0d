package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record FromPolicy(@JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> domains) {

  public FromPolicy {
    domains = Absent.list(domains);
  }
}
