package dev.lettershop.store.bounce;

/** What came back. The names stand in the database. */
public enum BounceKind {
  /** The address will never take mail: it is suppressed. */
  Hard,
  /** The address takes no mail for the time being: it is suppressed when that goes on. */
  Soft,
  /** The mail was refused for what it is or whom it comes from: says nothing about the address. */
  Policy,
  /** Its reader called it spam: the address is suppressed, and the consent withdrawn. */
  Complaint
}
