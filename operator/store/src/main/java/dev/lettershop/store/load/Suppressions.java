package dev.lettershop.store.load;

import java.util.Collection;

/** Addresses and domains that get no mail, whatever they consented to. Thread-safe. */
public final class Suppressions {

  Suppressions() {}

  /**
   * Adds addresses, kept as hashes only.
   *
   * @return how many are new
   */
  public long add(Collection<String> addresses, String reason) {
    throw new UnsupportedOperationException();
  }
}
