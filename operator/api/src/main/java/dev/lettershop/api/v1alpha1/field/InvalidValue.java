package dev.lettershop.api.v1alpha1.field;

/** What becomes of a value that cannot be used. */
public enum InvalidValue {
  /** The record is set aside. */
  Quarantine,
  /** The record goes on without the value, which is counted. */
  DropValue,
  /** The field's default takes its place, and is counted. */
  Default
}
