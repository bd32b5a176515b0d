package dev.lettershop.api.v1alpha1.common;

/** Whether a condition is true; Unknown while that cannot be told. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
