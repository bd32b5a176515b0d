package dev.lettershop.api.v1alpha1;

public enum SmtpTls {
  StartTls,
  Implicit,
  None
}
