package dev.lettershop.insight.experiment;

/** Which of two variants a test holds to be better. */
public enum Winner {
  /** The first one. */
  A,
  /** The second one. */
  B,
  /** Neither, so far: the difference may be chance. */
  NONE
}
