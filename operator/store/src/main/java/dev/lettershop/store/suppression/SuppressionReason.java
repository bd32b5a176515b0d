package dev.lettershop.store.suppression;

/** Why an address or a domain gets no mail. The names stand in the database. */
public enum SuppressionReason {
  /** Mail to it was refused for good. */
  HardBounce,
  /** Mail to it was refused for the time being, again and again. */
  SoftBounces,
  /** Its reader called a mail spam. */
  Complaint,
  /** Its reader wants no mail from anybody here, on no topic. */
  Unsubscribed,
  /** The person was erased: by this the address is not mailed should a source bring it back. */
  Forgotten,
  /** Somebody decided it; the note says why. */
  Other
}
