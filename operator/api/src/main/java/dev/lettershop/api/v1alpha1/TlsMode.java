package dev.lettershop.api.v1alpha1;

public enum TlsMode {
  Disable,
  Require,
  VerifyCa,
  VerifyFull
}
