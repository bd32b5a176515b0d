package dev.lettershop.api.v1alpha1;

public enum UncertainPolicy {
  Skip,
  Resend
}
