package dev.lettershop.delivery.bounce;

import dev.lettershop.store.bounce.BounceKind;

/**
 * What a message is, whoever it is about.
 *
 * @param meaning what it means for the address
 * @param code status or reply code without text, or null
 * @param reportedAddress the address that it speaks of, or null
 * @param diagnostic fingerprint of the refusing server's words, the same for all whom it refuses
 *     so; null when there were none
 */
record Verdict(Meaning meaning, String code, String reportedAddress, String diagnostic) {
  /** Without a server's words. */
  Verdict(Meaning meaning, String code, String reportedAddress) {
    this(meaning, code, reportedAddress, null);
  }

  /** What a message means. */
  enum Meaning {
    Hard,
    Soft,
    Policy,
    Complaint,
    /** An automatic reply, a delay, a confirmation: nothing follows from it. */
    Ignored,
    /** Nothing that we understand; a person should look at it. */
    Unknown
  }

  static Verdict of(Meaning meaning) {
    return new Verdict(meaning, null, null);
  }

  /** Null when nothing is to be recorded. */
  BounceKind kind() {
    return switch (meaning) {
      case Hard -> BounceKind.Hard;
      case Soft -> BounceKind.Soft;
      case Policy -> BounceKind.Policy;
      case Complaint -> BounceKind.Complaint;
      case Ignored, Unknown -> null;
    };
  }

  /** Names no person, so that it may end in a log. */
  @Override
  public String toString() {
    return "Verdict[" + meaning + ", " + code + "]";
  }
}
