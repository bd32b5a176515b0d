package dev.lettershop.api.v1alpha1;

public enum OptIn {
  Double,
  Single,
  Implied
}
