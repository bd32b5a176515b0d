package dev.lettershop.api.v1alpha1;

public enum Provides {
  Profiles,
  Events,
  Consents
}
