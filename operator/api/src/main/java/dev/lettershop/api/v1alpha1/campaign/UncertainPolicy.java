package dev.lettershop.api.v1alpha1.campaign;

/** What becomes of mails of which a crash left open whether they were sent. */
public enum UncertainPolicy {
  Skip,
  Resend
}
