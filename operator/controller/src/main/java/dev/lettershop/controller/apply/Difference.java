package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Whether an object is other than desired. What the desired object leaves open, the API server may
 * have filled in; that is no difference.
 */
public final class Difference {
  private Difference() {}

  /** Whether {@code actual} contradicts {@code desired}. */
  public static boolean between(HasMetadata actual, HasMetadata desired) {
    return true;
  }
}
