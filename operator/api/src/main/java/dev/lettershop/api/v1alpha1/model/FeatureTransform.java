package dev.lettershop.api.v1alpha1.model;

/** What is done to a feature before distances and weights are made of it. */
public enum FeatureTransform {
  None,
  /** The logarithm: for counts and money, where twice as much matters more than one more. */
  Log
}
