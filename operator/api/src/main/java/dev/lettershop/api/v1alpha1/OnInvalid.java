package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record OnInvalid(InvalidPolicy policy, Integer failAbovePercent) {
  static final OnInvalid DEFAULT = new OnInvalid(null, null);

  public OnInvalid {
    policy = Absent.or(policy, InvalidPolicy.Quarantine);
  }
}
