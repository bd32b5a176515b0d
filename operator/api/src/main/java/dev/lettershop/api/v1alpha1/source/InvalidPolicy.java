package dev.lettershop.api.v1alpha1.source;

/** What becomes of records that cannot be read. */
public enum InvalidPolicy {
  Quarantine,
  Skip,
  Fail
}
