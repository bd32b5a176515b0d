package dev.lettershop.api.v1alpha1.experiment;

/** What the variants of an experiment are compared by. */
public enum DecisionMetric {
  /** People who opened; machines open too, and not everybody consents to being recorded. */
  Open,
  /** People who clicked. */
  Click,
  /** People who did what the campaign's goal asks for. */
  Conversion,
  /** What that was worth for each mail. */
  Revenue
}
