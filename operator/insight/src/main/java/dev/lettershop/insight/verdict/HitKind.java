package dev.lettershop.insight.verdict;

/** What a hit asked for. */
public enum HitKind {
  /** The pixel. */
  Open,
  /** A link. */
  Click,
  /** Something that only a person does: a form that was sent, a purchase, an event of the page. */
  Evidence
}
