package dev.lettershop.store.ledger;

/** How far a run is. */
public enum RunState {
  /** Known, its audience not yet decided. */
  Created,
  /** Its audience is decided; mails may go out. */
  Frozen,
  /** Nothing is open any more; it never sends again. */
  Completed,
  /** Stopped before its first mail, because it would have mailed more people than allowed. */
  Refused
}
