package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelExpr;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.rule.ast.Clock;
import dev.lettershop.rule.ast.DatePart;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lowers parts of dates, and anniversaries. Methods return null after reporting a problem. */
final class CalendarFunctions {
  private static final String ANNIVERSARY = "isAnniversary";

  private static final Map<String, DatePart> PARTS =
      Stream.of(DatePart.values())
          .collect(Collectors.toMap(DatePart::function, Function.identity()));

  private final Lowering lowering;

  CalendarFunctions(Lowering lowering) {
    this.lowering = lowering;
  }

  static boolean handles(String function) {
    return function.equals(ANNIVERSARY) || PARTS.containsKey(function);
  }

  static List<String> names() {
    List<String> names = new ArrayList<>(PARTS.keySet());
    names.add(ANNIVERSARY);
    return names;
  }

  Expr lower(CelExpr at) {
    return at.call().function().equals(ANNIVERSARY) ? anniversary(at) : part(at);
  }

  private Expr part(CelExpr at) {
    List<CelExpr> arguments = Functions.arguments(at);
    String function = at.call().function();
    if (at.call().target().isEmpty() || arguments.size() > 2) {
      lowering.reportAtName(
          at,
          function + " is asked of a moment and takes a time zone, if wanted",
          "as in profile.created_at." + function + "(\"Europe/Berlin\")");
      return null;
    }
    Expr timestamp = timestamp(arguments.get(0));
    if (arguments.size() == 1) {
      return timestamp == null ? null : new Expr.CalendarPart(PARTS.get(function), timestamp, null);
    }
    Expr zone = zone(arguments.get(1));
    return timestamp == null || zone == null
        ? null
        : new Expr.CalendarPart(PARTS.get(function), timestamp, zone);
  }

  private Expr anniversary(CelExpr at) {
    List<CelExpr> arguments = Functions.arguments(at);
    if (arguments.isEmpty() || arguments.size() > 3 || at.call().target().isPresent()) {
      lowering.reportAtName(
          at,
          ANNIVERSARY + " takes a moment and, if wanted, days and a time zone",
          "as in isAnniversary(profile.created_at, 7, profile.time_zone)");
      return null;
    }
    Expr timestamp = timestamp(arguments.get(0));
    Integer days = arguments.size() < 2 ? Integer.valueOf(0) : days(arguments.get(1));
    Expr zone = arguments.size() < 3 ? null : zone(arguments.get(2));
    return timestamp == null || days == null || arguments.size() == 3 && zone == null
        ? null
        : new Expr.Anniversary(timestamp, days, zone);
  }

  private Expr timestamp(CelExpr at) {
    Expr value = lowering.value(at);
    if (value == null || value.type() == ValueType.Timestamp) {
      return value;
    }
    boolean duration = value.type() == ValueType.Duration;
    lowering.report(
        at,
        "expected a Timestamp, found " + Lowering.shown(value),
        duration ? "compare it with duration(\"…\")" : null);
    return null;
  }

  private Integer days(CelExpr at) {
    Expr value = lowering.value(at);
    if (value == null) {
      return null;
    }
    if (value instanceof Expr.Literal literal
        && literal.value() instanceof Long days
        && Math.abs(days) <= Limits.ANNIVERSARY_DAYS) {
      return days.intValue();
    }
    lowering.report(
        at,
        "the days must be a constant from -365 to 365",
        "as in isAnniversary(profile.created_at, 7)");
    return null;
  }

  /** A constant name that there is, or a String that is looked at for each profile. */
  private Expr zone(CelExpr at) {
    Expr value = lowering.value(at);
    if (value == null) {
      return null;
    }
    if (value.type() != ValueType.String) {
      lowering.report(at, "expected the name of a time zone, found " + Lowering.shown(value), null);
      return null;
    }
    if (value instanceof Expr.Literal literal) {
      String name = (String) literal.value();
      if (Clock.of(name).isEmpty()) {
        lowering.report(
            at,
            "unknown time zone \"" + name + "\"",
            name.matches("[-+]?\\d\\d:?\\d\\d")
                ? "write the name of a place, such as \"Europe/Berlin\", or \"Etc/GMT-2\" for +02:00"
                : DidYouMean.fix(name, Clock.names()));
        return null;
      }
    }
    return value;
  }
}
