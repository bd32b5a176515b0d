package dev.lettershop.delivery;

import dev.lettershop.store.ledger.Outcome;

/** How a claimed recipient leaves the pipeline. */
sealed interface Settlement {

  /** With an outcome for the ledger. */
  record Recorded(Outcome outcome) implements Settlement {}

  /** Claimed, never marked, and given back. */
  record Released(long profileId) implements Settlement {}
}
