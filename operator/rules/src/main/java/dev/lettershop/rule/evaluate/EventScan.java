package dev.lettershop.rule.evaluate;

import dev.lettershop.profile.Event;
import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.rule.evaluate.Evaluation.Read;
import dev.lettershop.rule.evaluate.Evaluation.Test;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
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
      Span span = Span.of(events.window(), frame);
      Truth result = Truth.False;
      for (Event event : frame.events) {
        if (!span.holds(events, event)) {
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
    if (figure.figure() == Expr.Figure.Last) {
      return last(figure);
    }
    Test filter = filter(figure.events());
    Read value = evaluation.read(figure.value());
    return frame -> {
      Total total = new Total(figure.figure(), figure.value().type());
      Span span = Span.of(figure.events().window(), frame);
      for (Event event : frame.events) {
        if (!span.holds(figure.events(), event)) {
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

  private Read last(Expr.EventFigure figure) {
    Expr.Events events = figure.events();
    Test filter = filter(events);
    Read value = evaluation.read(figure.value());
    ValueType type = figure.value().type();
    return frame -> {
      Span span = Span.of(events.window(), frame);
      Instant newest = null;
      Object result = null;
      for (Event event : frame.events) {
        if (!span.holds(events, event)) {
          continue;
        }
        frame.slots[events.slot()] = event;
        Truth kept = filter.of(frame);
        if (kept == Truth.Unknown) {
          return null;
        }
        Instant at = Frame.micros(event.occurredAt());
        int order = newest == null ? 1 : at.compareTo(newest);
        if (kept == Truth.False || order < 0) {
          continue;
        }
        Object found = value.of(frame);
        boolean wins =
            order > 0
                || result != null && (found == null || Evaluation.order(type, found, result) > 0);
        newest = at;
        result = wins ? found : result;
      }
      return result;
    };
  }

  private static Long count(Expr.Events events, Test filter, Frame frame) {
    Span span = Span.of(events.window(), frame);
    long count = 0;
    for (Event event : frame.events) {
      if (span.holds(events, event)) {
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

  /** A window at the moment of evaluation; ends are null where it is open. */
  private record Span(Instant from, boolean includesFrom, Instant to) {
    static Span of(EventWindow window, Frame frame) {
      Instant to = moment(window.to(), frame);
      boolean endsNow = window.past() && (to == null || to.isAfter(frame.now));
      return new Span(
          moment(window.from(), frame), window.includesFrom(), endsNow ? frame.now : to);
    }

    private static Instant moment(Expr end, Frame frame) {
      if (end instanceof Expr.Now now) {
        return frame.now.plus(now.offset());
      }
      return end == null ? null : (Instant) ((Expr.Literal) end).value();
    }

    boolean holds(Expr.Events events, Event event) {
      if (!event.name().equals(events.name())) {
        return false;
      }
      if (from == null && to == null) {
        return true;
      }
      Instant at = Frame.micros(event.occurredAt());
      return (from == null || at.isAfter(from) || includesFrom && at.equals(from))
          && (to == null || at.isBefore(to));
    }
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
        case Last -> throw new IllegalStateException("the last value is not a total");
      };
    }

    private Long whole() {
      return integers.bitLength() < 64 ? (Long) integers.longValue() : null;
    }
  }
}
