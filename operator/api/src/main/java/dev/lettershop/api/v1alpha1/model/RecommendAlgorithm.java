package dev.lettershop.api.v1alpha1.model;

/** How is found what goes with what. */
public enum RecommendAlgorithm {
  /** How often two items are bought by the same people, less so where little is known of them. */
  Cosine,
  /** A linear model of all items at once (EASE): often better, and dearer with many items. */
  Ease
}
