package dev.lettershop.rule.ast;

import java.time.Duration;

/**
 * The time in which events are looked for. Each end is an {@link Expr.Now} or a constant moment.
 *
 * @param from null for the beginning of time
 * @param includesFrom whether an event at that very moment belongs to it
 * @param to the first moment after it; null for no end
 */
public record EventWindow(Expr from, boolean includesFrom, Expr to) {
  /** All time. */
  public static final EventWindow ALWAYS = new EventWindow(null, false, null);

  /** After {@code now - length}. */
  public static EventWindow within(Duration length) {
    return new EventWindow(new Expr.Now(length.negated()), false, null);
  }

  public static EventWindow between(Expr from, Expr to) {
    return new EventWindow(from, true, to);
  }

  /** Whether it has no beginning, so that it reaches over all events there ever were. */
  public boolean isOpen() {
    return from == null;
  }
}
