package dev.lettershop.store.hit;

/** What was asked for. */
public enum HitKind {
  /** The image in a mail. */
  Open,
  /** A link in a mail. */
  Click
}
