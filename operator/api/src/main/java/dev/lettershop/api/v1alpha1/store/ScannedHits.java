package dev.lettershop.api.v1alpha1.store;

/** Which hits from a network are those of a scanner. */
public enum ScannedHits {
  All,
  Opens,
  Clicks
}
