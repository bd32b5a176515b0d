package dev.lettershop.api.v1alpha1.common;

/** How a connection to PostgreSQL is secured. */
public enum TlsMode {
  Disable,
  Require,
  VerifyCa,
  VerifyFull
}
