package dev.lettershop.profile;

/** How the database holds the values of an attribute. */
public enum Protection {
  /** As they are. */
  Clear,
  /** Encrypted with a key of the person: equal values do not look equal. */
  Encrypted,
  /** Encrypted so that equal values look equal: rules can ask for equality. */
  Deterministic;

  static Protection of(boolean encrypted, boolean deterministic) {
    if (!encrypted) {
      return Clear;
    }
    return deterministic ? Deterministic : Encrypted;
  }
}
