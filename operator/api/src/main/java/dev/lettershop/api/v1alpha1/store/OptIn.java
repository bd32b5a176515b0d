package dev.lettershop.api.v1alpha1.store;

/** How consent to a topic comes about. */
public enum OptIn {
  Double,
  Single,
  Implied
}
