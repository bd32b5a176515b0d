package dev.lettershop.api.v1alpha1;

public enum DecisionMetric {
  Open,
  Click,
  Conversion
}
