package dev.lettershop.api.v1alpha1.experiment;

/** What those who wait for a decision get when there is no winner. */
public enum NoWinner {
  /** The first variant. */
  First,
  /** The variant that did best, though that may be chance. */
  BestSoFar,
  /** Each the variant that chance gives, by the variants' weights. */
  Split,
  /** No mail. */
  Nobody
}
