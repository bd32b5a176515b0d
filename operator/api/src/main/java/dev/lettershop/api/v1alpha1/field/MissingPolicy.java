package dev.lettershop.api.v1alpha1.field;

/** What becomes of a record in which a value is missing. */
public enum MissingPolicy {
  Keep,
  Invalid
}
