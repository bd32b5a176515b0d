package dev.lettershop.api.v1alpha1.source;

/** What the records of a source are. */
public enum Provides {
  Profiles,
  Events,
  Consents,
  Suppressions,
  /** What a shop sells: models recommend from it. */
  Products
}
