package dev.lettershop.api.v1alpha1.model;

/** What learns chances. */
public enum ClassifyAlgorithm {
  /** All of the others; the best on the newest cut-off is kept. */
  Auto,
  RandomForest,
  GradientBoosting,
  LogisticRegression
}
