package dev.lettershop.rule.parse;

/** What an expression is compiled for. */
public enum Purpose {
  /** To be asked of one profile now. */
  One,
  /** To be asked of all profiles at once: it may be warned of what takes long then. */
  All,
  /** To be asked as of a moment that may be over: no event after that moment counts. */
  Past
}
