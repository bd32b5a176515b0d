package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    String localTime,
    QuietHours quietHours,
    FrequencyCap frequencyCap,
    Integer ratePerSecond,
    UncertainPolicy onUncertain) {
  static final Delivery DEFAULT = new Delivery(null, null, null, null, null);

  public Delivery {
    onUncertain = Absent.or(onUncertain, UncertainPolicy.Skip);
  }
}
