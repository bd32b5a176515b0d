package dev.lettershop.api.v1alpha1.model;

/** Where a group lies among the groups, by one feature. */
public enum FeatureLevel {
  Low,
  Medium,
  High
}
