package dev.lettershop.rule;

import dev.lettershop.profile.Event;
import dev.lettershop.rule.Evaluation.Read;
import dev.lettershop.rule.Evaluation.Test;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Answers in memory what is asked of the events of a profile. */
final class EventScan {
  /** How PostgreSQL turns a float8 into a numeric. */
  private static final MathContext DECIMAL = new MathContext(15, RoundingMode.HALF_EVEN);

  private final Evaluation evaluation;

  EventScan(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Test any(Expr.AnyEvent any) {
    Expr.Events events = any.events();
    Test filter = filter(events);
    Test predicate = evaluation.test(any.predicate());
    return frame -> {
      Instant after = after(events, frame);
      Truth result = Truth.False;
      for (Event event : frame.events) {
        if (!belongs(events, after, event)) {
          continue;
        }
        frame.slots[events.slot()] = event;
        Truth kept = filter.of(frame);
        Truth truth = kept == Truth.False ? kept : predicate.of(frame);
        if (truth == Truth.True && kept == Truth.True) {
          return Truth.True;
        }
        if (truth != Truth.False) {
          result = Truth.Unknown;
        }
      }
      return result;
    };
  }

  /** For {@link Expr.EventCount} and {@link Expr.EventFigure}. */
  Read figure(Expr expr) {
    if (expr instanceof Expr.EventCount count) {
      Test filter = filter(count.events());
      return frame -> count(count.events(), filter, frame);
    }
    Expr.EventFigure figure = (Expr.EventFigure) expr;
    Test filter = filter(figure.events());
    Read value = evaluation.read(figure.value());
    return frame -> {
      Total total = new Total(figure.figure(), figure.value().type());
      Instant after = after(figure.events(), frame);
      for (Event event : frame.events) {
        if (!belongs(figure.events(), after, event)) {
          continue;
        }
        frame.slots[figure.events().slot()] = event;
        Truth kept = filter.of(frame);
        Object found = kept == Truth.True ? value.of(frame) : null;
        if (kept == Truth.Unknown || kept == Truth.True && found == null) {
          return null;
        }
        if (kept == Truth.True) {
          total.add(found);
        }
      }
      return total.result();
    };
  }

  private static Long count(Expr.Events events, Test filter, Frame frame) {
    Instant after = after(events, frame);
    long count = 0;
    for (Event event : frame.events) {
      if (belongs(events, after, event)) {
        frame.slots[events.slot()] = event;
        Truth kept = filter.of(frame);
        if (kept == Truth.Unknown) {
          return null;
        }
        count += kept == Truth.True ? 1 : 0;
      }
    }
    return count;
  }

  private Test filter(Expr.Events events) {
    return events.filter() == null ? frame -> Truth.True : evaluation.test(events.filter());
  }

  private static Instant after(Expr.Events events, Frame frame) {
    Duration within = events.within();
    return within == null ? null : frame.now.minus(within);
  }

  private static boolean belongs(Expr.Events events, Instant after, Event event) {
    return event.name().equals(events.name())
        && (after == null || Frame.micros(event.occurredAt()).isAfter(after));
  }

  /** A figure under way. */
  private static final class Total {
    private final Expr.Figure figure;
    private final ValueType type;
    private long count;
    private Object extreme;
    private BigInteger integers = BigInteger.ZERO;
    private BigDecimal decimals = BigDecimal.ZERO;

    Total(Expr.Figure figure, ValueType type) {
      this.figure = figure;
      this.type = type;
    }

    void add(Object value) {
      count++;
      if (figure == Expr.Figure.Min || figure == Expr.Figure.Max) {
        int order = extreme == null ? 0 : Evaluation.order(type, value, extreme);
        boolean better = figure == Expr.Figure.Min ? order < 0 : order > 0;
        extreme = extreme == null || better ? value : extreme;
      } else if (type == ValueType.Integer) {
        integers = integers.add(BigInteger.valueOf((Long) value));
      } else {
        decimals = decimals.add(new BigDecimal((Double) value).round(DECIMAL));
      }
    }

    /** Null for unknown. */
    Object result() {
      return switch (figure) {
        case Min, Max -> extreme;
        case Sum -> type == ValueType.Integer ? whole() : (Object) decimals.doubleValue();
        case Average -> {
          Object sum = type == ValueType.Integer ? whole() : (Object) decimals.doubleValue();
          yield count == 0 || sum == null
              ? null
              : (Object) (((Number) sum).doubleValue() / (double) count);
        }
      };
    }

    private Long whole() {
      return integers.bitLength() < 64 ? (Long) integers.longValue() : null;
    }
  }
}
