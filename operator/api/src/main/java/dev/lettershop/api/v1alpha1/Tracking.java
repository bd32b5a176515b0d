package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tracking(Boolean opens, Boolean clicks) {
  static final Tracking OFF = new Tracking(null, null);

  public Tracking {
    opens = Absent.or(opens, false);
    clicks = Absent.or(clicks, false);
  }
}
