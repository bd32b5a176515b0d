package dev.lettershop.api.v1alpha1.transport;

/** How a connection to an SMTP server is secured: RFC 3207, RFC 8314, or not. */
public enum SmtpTls {
  StartTls,
  Implicit,
  None
}
