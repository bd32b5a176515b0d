package dev.lettershop.api.v1alpha1.experiment;

/** What a run's experiment has come to. */
public enum ExperimentOutcome {
  /** Nothing is decided yet. */
  Undecided,
  /** A variant is better than each of the others. */
  Winner,
  /** No variant is, as far as can be told. */
  NoWinner
}
