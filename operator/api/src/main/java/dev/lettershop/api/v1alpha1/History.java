package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record History(Integer keep) {
  static final History DEFAULT = new History(null);

  public History {
    keep = Absent.or(keep, 10);
  }
}
