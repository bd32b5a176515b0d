package dev.lettershop.api.v1alpha1.collector;

/** How far a sender of events is believed. */
public enum CollectorTrust {
  /** Its write key is public. */
  Browser,
  /** Only the shop's own servers know its write key. */
  Server
}
