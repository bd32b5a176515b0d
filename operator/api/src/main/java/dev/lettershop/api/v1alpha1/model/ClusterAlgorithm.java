package dev.lettershop.api.v1alpha1.model;

/** What finds groups. */
public enum ClusterAlgorithm {
  KMeans,
  /** Ward's method on a sample of 10,000 people; the others join the nearest centre. */
  Hierarchical
}
