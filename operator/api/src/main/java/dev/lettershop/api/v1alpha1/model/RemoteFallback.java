package dev.lettershop.api.v1alpha1.model;

/** What becomes of people for whom a model server gave no usable answer. */
public enum RemoteFallback {
  /** Their last score, unless it is older than allowed. */
  KeepLast,
  /** No score. */
  Unknown,
  /** The scoring fails, and everybody keeps the last score. */
  Fail
}
