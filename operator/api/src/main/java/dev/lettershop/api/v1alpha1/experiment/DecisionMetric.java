package dev.lettershop.api.v1alpha1.experiment;

/** What the variants of an experiment are compared by. */
public enum DecisionMetric {
  Open,
  Click,
  Conversion
}
