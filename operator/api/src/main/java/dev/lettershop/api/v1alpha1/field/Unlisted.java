package dev.lettershop.api.v1alpha1.field;

/** What becomes of a value that a table does not list. */
public enum Unlisted {
  Keep,
  Invalid
}
