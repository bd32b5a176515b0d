package dev.lettershop.template.value;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.IntPredicate;

/** Compares values of templates: numbers by their size, times by their order, texts by theirs. */
public final class ValueComparison {
  private ValueComparison() {}

  public static boolean equal(Object a, Object b) {
    if (a == null || b == null) {
      return a == b;
    }
    return inOrder(a, b, c -> c == 0) || a.equals(b);
  }

  /** False for what has no order. */
  public static boolean inOrder(Object a, Object b, IntPredicate order) {
    if (a instanceof Number && b instanceof Number) {
      return order.test(number(a).compareTo(number(b)));
    }
    if (a instanceof Instant first && b instanceof Instant second) {
      return order.test(first.compareTo(second));
    }
    return a instanceof String first
        && b instanceof String second
        && order.test(first.compareTo(second));
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    double number = ((Number) value).doubleValue();
    return Double.isFinite(number) ? new BigDecimal(value.toString()) : BigDecimal.ZERO;
  }
}
