package dev.lettershop.rule.evaluate;

import dev.lettershop.profile.ModelOutput;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.Texts;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.rule.evaluate.Evaluation.Read;
import dev.lettershop.rule.evaluate.Evaluation.Test;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads single values for {@link Evaluation}. */
final class Values {
  private final Evaluation evaluation;

  Values(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Read literal(Expr.Literal literal) {
    Object value = constant(literal);
    return frame -> value;
  }

  Read now(Expr.Now now) {
    Duration offset = now.offset();
    return offset.isZero() ? frame -> frame.now : frame -> frame.now.plus(offset);
  }

  Read occurredAt(Expr.OccurredAt occurred) {
    int slot = occurred.slot();
    return frame -> Frame.micros(frame.event(slot).occurredAt());
  }

  Read element(Expr.Element element) {
    int slot = element.slot();
    return frame -> frame.slots[slot];
  }

  Read textChange(Expr.TextChange change) {
    Read text = evaluation.read(change.text());
    Expr.TextEdit edit = change.edit();
    return frame -> edited(edit, (String) text.of(frame));
  }

  Read size(Expr.Size size) {
    Read of = evaluation.read(size.of());
    return frame -> size(of.of(frame));
  }

  Read convert(Expr.Convert convert) {
    Read value = evaluation.read(convert.value());
    ValueType type = convert.type();
    return frame -> {
      Object found = value.of(frame);
      return found == null ? null : converted(type, found);
    };
  }

  Read shift(Expr.Shift shift) {
    Read timestamp = evaluation.read(shift.timestamp());
    Duration by = shift.by();
    return frame -> {
      Object moment = timestamp.of(frame);
      return moment == null ? null : shifted((Instant) moment, by);
    };
  }

  Read between(Expr.Between between) {
    Read later = evaluation.read(between.later());
    Read earlier = evaluation.read(between.earlier());
    return frame -> {
      Object to = later.of(frame);
      Object from = to == null ? null : earlier.of(frame);
      return from == null ? null : between((Instant) from, (Instant) to);
    };
  }

  Read score(Expr.Score score) {
    String model = score.model();
    return frame -> {
      ModelOutput output = frame.models.get(model);
      return output == null ? null : number(output.score());
    };
  }

  Read cluster(Expr.Cluster cluster) {
    String model = cluster.model();
    return frame -> {
      ModelOutput output = frame.models.get(model);
      return output == null ? null : output.cluster();
    };
  }

  /** A constant as values are held while evaluating. */
  static Object constant(Expr.Literal literal) {
    return literal.value() instanceof Duration duration ? micros(duration) : literal.value();
  }

  private static Long micros(Duration duration) {
    return duration.getSeconds() * 1_000_000 + duration.getNano() / 1000;
  }

  Read attribute(Expr.Attribute attribute) {
    String name = attribute.name();
    return switch (attribute.type()) {
      case String -> frame -> instance(frame.attributes.get(name), String.class);
      case Boolean -> frame -> instance(frame.attributes.get(name), Boolean.class);
      case Integer -> frame -> instance(frame.attributes.get(name), Long.class);
      case Double -> frame -> number(frame.attributes.get(name));
      case Timestamp -> frame -> moment(frame.attributes.get(name));
      case StringList -> frame -> instance(frame.attributes.get(name), List.class);
      case Duration -> throw new IllegalStateException("no attribute is a Duration");
    };
  }

  Read property(Expr.Property property) {
    String name = property.name();
    int slot = property.slot();
    return switch (property.type()) {
      case String -> frame -> instance(frame.event(slot).properties().get(name), String.class);
      case Boolean -> frame -> instance(frame.event(slot).properties().get(name), Boolean.class);
      case Integer ->
          frame -> {
            Object value = frame.event(slot).properties().get(name);
            return value instanceof Long number
                    && number <= Limits.LARGEST_PROPERTY
                    && number >= -Limits.LARGEST_PROPERTY
                ? number
                : null;
          };
      case Double ->
          frame -> {
            Object value = frame.event(slot).properties().get(name);
            return value instanceof Double number && Limits.isPropertyValue(number) ? number : null;
          };
      case Timestamp ->
          frame -> {
            Object moment = moment(frame.event(slot).properties().get(name));
            return moment != null && Limits.inTimestampRange((Instant) moment) ? moment : null;
          };
      case StringList -> frame -> instance(frame.event(slot).properties().get(name), List.class);
      case Duration -> throw new IllegalStateException("no property is a Duration");
    };
  }

  /** A value of another type than declared counts as absent. */
  private static Object instance(Object value, Class<?> type) {
    return type.isInstance(value) ? value : null;
  }

  private static Object number(Object value) {
    return value instanceof Double number && !number.isNaN() ? number : null;
  }

  private static Object moment(Object value) {
    return value instanceof Instant moment ? Frame.micros(moment) : null;
  }

  Read choice(Expr.Choice choice) {
    Test condition = evaluation.test(choice.condition());
    Read then = evaluation.read(choice.then());
    Read otherwise = evaluation.read(choice.otherwise());
    return frame ->
        switch (condition.of(frame)) {
          case True -> then.of(frame);
          case False -> otherwise.of(frame);
          case Unknown -> null;
        };
  }

  private static String edited(Expr.TextEdit edit, String text) {
    if (text == null) {
      return null;
    }
    return switch (edit) {
      case LowerAscii -> Texts.lowerAscii(text);
      case UpperAscii -> Texts.upperAscii(text);
      case Trim -> Texts.trim(text);
    };
  }

  private static Long size(Object of) {
    if (of == null) {
      return null;
    }
    return of instanceof String text
        ? (long) text.codePointCount(0, text.length())
        : (long) ((List<?>) of).size();
  }

  private static Object converted(ValueType type, Object value) {
    return switch (type) {
      case Double -> (double) (long) (Long) value;
      case String -> value.toString();
      case Integer -> value instanceof Double number ? truncated(number) : parsed((String) value);
      default -> throw new IllegalStateException("nothing converts to " + type);
    };
  }

  private static Long truncated(double number) {
    return number > -0x1p63 && number < 0x1p63 ? (Long) (long) number : null;
  }

  private static Long parsed(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - start;
    if (digits < 1 || digits > 18) {
      return null;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(text);
  }

  private static Instant shifted(Instant moment, Duration by) {
    if (!Limits.inTimestampRange(moment)) {
      return null;
    }
    Instant shifted = moment.plus(by);
    return Limits.inTimestampRange(shifted) ? shifted : null;
  }

  private static Long between(Instant from, Instant to) {
    if (!Limits.inTimestampRange(from) || !Limits.inTimestampRange(to)) {
      return null;
    }
    return (to.getEpochSecond() - from.getEpochSecond()) * 1_000_000
        + (to.getNano() - from.getNano()) / 1000;
  }
}
