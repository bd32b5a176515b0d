package dev.lettershop.template.html.css;

/** Whether an element matches a selector, when a template's tags may have a say in it. */
public enum Match {
  No,
  /** Depends on the recipient. */
  Maybe,
  Yes;

  /** Both have to hold. */
  public Match and(Match other) {
    return ordinal() <= other.ordinal() ? this : other;
  }

  /** One is enough. */
  public Match or(Match other) {
    return ordinal() >= other.ordinal() ? this : other;
  }

  /** The opposite. */
  public Match not() {
    return switch (this) {
      case No -> Yes;
      case Yes -> No;
      case Maybe -> Maybe;
    };
  }

  static Match of(boolean holds) {
    return holds ? Yes : No;
  }
}
