package dev.lettershop.rule.ast;

import java.time.Duration;

/**
 * The time in which events are looked for. Each end is an {@link Expr.Now} or a constant moment.
 *
 * @param from null for the beginning of time
 * @param includesFrom whether an event at that very moment belongs to it
 * @param to the first moment after it; null for no end
 * @param past whether nothing from the moment of evaluation on belongs to it, wherever it ends
 */
public record EventWindow(Expr from, boolean includesFrom, Expr to, boolean past) {
  /** All time. */
  public static final EventWindow ALWAYS = new EventWindow(null, false, null, false);

  /** After {@code now - length}. */
  public static EventWindow within(Duration length) {
    return new EventWindow(new Expr.Now(length.negated()), false, null, false);
  }

  public static EventWindow between(Expr from, Expr to) {
    return new EventWindow(from, true, to, false);
  }

  /**
   * The same window, seen from the moment of evaluation: what is asked of it at a moment that is
   * over has the answer that it had then.
   */
  public EventWindow ofThePast() {
    return new EventWindow(from, includesFrom, to, true);
  }

  /** Whether it has no beginning, so that it reaches over all events there ever were. */
  public boolean isOpen() {
    return from == null;
  }
}
