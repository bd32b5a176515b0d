package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Lowers {@code events(…)} and what is asked of lists: macros and figures. */
public final class EventLists {
  private static final Map<String, Expr.Figure> FIGURES =
      Map.of(
          "sum", Expr.Figure.Sum,
          "min", Expr.Figure.Min,
          "max", Expr.Figure.Max,
          "avg", Expr.Figure.Average,
          "last", Expr.Figure.Last);

  static final Set<String> NAMES =
      Set.of(
          "events",
          "exists",
          "exists_one",
          "all",
          "filter",
          "map",
          "sum",
          "min",
          "max",
          "avg",
          "last");

  private final Lowering lowering;

  EventLists(Lowering lowering) {
    this.lowering = lowering;
  }

  /** Says what a rule does that gives no time. */
  public static String looksAtEvery(String event) {
    return "every \"" + event + "\" that there ever was is looked at, for all profiles";
  }

  static boolean handles(String function) {
    return NAMES.contains(function);
  }

  Term lower(CelExpr at) {
    String name = at.call().function();
    if (name.equals("events")) {
      return events(at);
    }
    if (FIGURES.containsKey(name)) {
      return figure(at, FIGURES.get(name));
    }
    return macro(at, name);
  }

  private Term events(CelExpr at) {
    List<CelExpr> arguments = at.call().args();
    if (at.call().target().isPresent() || arguments.isEmpty() || arguments.size() > 3) {
      lowering.reportAtName(
          at,
          "events takes a name and, if wanted, a duration or two moments",
          "as in events(\"order\", duration(\"24h\"))");
      return new Term.Faulty();
    }
    EventWindow window =
        switch (arguments.size()) {
          case 1 -> EventWindow.ALWAYS;
          case 2 -> within(arguments.get(1));
          default -> between(arguments.get(1), arguments.get(2));
        };
    boolean faulty = window == null;
    CelExpr name = arguments.get(0);
    if (name.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || name.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return lowering.refused(name, "events takes a constant name", "as in events(\"order\")");
    }
    String event = name.constant().stringValue();
    EventDefinition definition = lowering.schema().event(event);
    if (definition == null) {
      lowering.report(
          name,
          "unknown event \"" + event + "\"",
          DidYouMean.fix(event, lowering.schema().eventNames()));
      faulty = true;
    }
    if (!faulty && window.isOpen()) {
      lowering.warnOfWork(
          at,
          looksAtEvery(event),
          "give a time, as in events(\""
              + event
              + "\", duration(\"8760h\")); lettershop explain estimates how many there are");
    }
    // A faulty list still lets what is asked of it be checked.
    return new Term.EventList(
        faulty ? null : new Expr.Events(lowering.freeSlot(), event, lowering.seen(window), null),
        definition);
  }

  private EventWindow between(CelExpr from, CelExpr to) {
    Expr first = moment(from);
    Expr last = moment(to);
    return first == null || last == null ? null : EventWindow.between(first, last);
  }

  private Expr moment(CelExpr at) {
    Expr value = lowering.value(at);
    if (value == null) {
      return null;
    }
    if (value instanceof Expr.Now || value instanceof Expr.Literal && isTimestamp(value)) {
      return value;
    }
    if (isTimestamp(value)) {
      lowering.report(
          at,
          "the time in which events are looked for must be the same for everybody",
          "write .filter(e, e.occurred_at > profile.created_at) behind events(…)");
    } else {
      lowering.report(
          at,
          "expected a moment, found " + Lowering.shown(value),
          "as in events(\"order\", now - duration(\"48h\"), now - duration(\"24h\"))");
    }
    return null;
  }

  private static boolean isTimestamp(Expr value) {
    return value.type() == ValueType.Timestamp;
  }

  private EventWindow within(CelExpr at) {
    Expr value = lowering.value(at);
    if (value == null) {
      return null;
    }
    if (value instanceof Expr.Literal literal && literal.value() instanceof Duration duration) {
      if (!duration.isNegative() && !duration.isZero()) {
        return EventWindow.within(duration);
      }
      lowering.report(at, "the duration must be longer than 0", null);
      return null;
    }
    lowering.report(at, "expected a constant Duration", "as in duration(\"24h\")");
    return null;
  }

  private Term macro(CelExpr at, String name) {
    boolean written =
        at.call().target().isPresent()
            && at.call().args().size() == 2
            && at.call().args().get(0).getKind() == CelExpr.ExprKind.Kind.IDENT;
    if (!written) {
      return lowering.refused(
          at,
          name + " takes a variable and an expression",
          "as in events(\"order\")." + name + "(e, e.price > 100.0)");
    }
    String variable = at.call().args().get(0).ident().name();
    CelExpr body = at.call().args().get(1);
    Term target = lowering.term(at.call().target().get());
    if (target instanceof Term.EventList list) {
      return overEvents(at, name, list, variable, body);
    }
    if (target instanceof Term.Value value && value.expr().type() == ValueType.StringList) {
      return overTexts(at, name, value.expr(), variable, body);
    }
    if (target instanceof Term.Figures) {
      return lowering.refused(
          at.call().target().get(),
          "nothing can follow map but .sum(), .min(), .max(), .avg(), .last() and .size()");
    }
    if (!(target instanceof Term.Faulty)) {
      lowering.reportAtName(at, name + " needs events or a StringList before it", null);
    }
    return new Term.Faulty();
  }

  private Term overEvents(
      CelExpr at, String name, Term.EventList list, String variable, CelExpr body) {
    int slot = lowering.freeSlot();
    Function<Function<CelExpr, Expr>, Expr> inside =
        reading ->
            lowering.with(
                variable, new Term.TheEvent(slot, list.definition()), () -> reading.apply(body));
    Expr lowered = inside.apply(name.equals("map") ? lowering::value : lowering::condition);
    Expr.Events events = list.events();
    if (lowered == null || events == null) {
      return name.equals("filter")
          ? new Term.EventList(null, list.definition())
          : new Term.Faulty();
    }
    return switch (name) {
      case "exists" -> new Term.Value(new Expr.AnyEvent(events, lowered));
      case "all" -> new Term.Value(new Expr.Not(new Expr.AnyEvent(events, new Expr.Not(lowered))));
      case "exists_one" ->
          new Term.Value(
              new Expr.Compare(
                  Expr.Comparison.Equal,
                  new Expr.EventCount(filtered(events, lowered)),
                  Expr.Literal.of(1)));
      case "filter" -> new Term.EventList(filtered(events, lowered), list.definition());
      default -> new Term.Figures(events, lowered);
    };
  }

  private static Expr.Events filtered(Expr.Events events, Expr filter) {
    Expr both = events.filter() == null ? filter : new Expr.And(List.of(events.filter(), filter));
    return new Expr.Events(events.slot(), events.name(), events.window(), both);
  }

  private Term overTexts(CelExpr at, String name, Expr list, String variable, CelExpr body) {
    int slot = lowering.freeSlot();
    Term element = new Term.Value(new Expr.Element(slot));
    Expr lowered = lowering.with(variable, element, () -> lowering.condition(body));
    return switch (name) {
      case "exists" ->
          lowered == null
              ? new Term.Faulty()
              : new Term.Value(new Expr.AnyElement(list, slot, lowered));
      case "all" ->
          lowered == null
              ? new Term.Faulty()
              : new Term.Value(
                  new Expr.Not(new Expr.AnyElement(list, slot, new Expr.Not(lowered))));
      default -> {
        lowering.reportAtName(
            at, name + " cannot be used on a StringList", "use exists, all, in or size");
        yield new Term.Faulty();
      }
    };
  }

  private Term figure(CelExpr at, Expr.Figure figure) {
    List<CelExpr> arguments = Functions.arguments(at);
    if (arguments.size() != 1) {
      return lowering.refused(at, at.call().function() + " takes one list", example(at));
    }
    Term term = lowering.term(arguments.get(0));
    if (figure == Expr.Figure.Last && term instanceof Term.EventList list) {
      return new Term.LastEvent(list.events(), list.definition());
    }
    if (term instanceof Term.Figures figures) {
      ValueType type = figures.value().type();
      if (suits(figure, type)) {
        return new Term.Value(
            new Expr.EventFigure(figure, figures.events(), bounded(figure, figures.value())));
      }
      lowering.reportAtName(
          at,
          at.call().function()
              + (figure == Expr.Figure.Last ? " cannot take " : " needs numbers, found ")
              + Lowering.shown(figures.value()),
          null);
      return new Term.Faulty();
    }
    if (!(term instanceof Term.Faulty)
        && !(term instanceof Term.EventList list && list.events() == null)) {
      lowering.reportAtName(at, at.call().function() + " needs the figures of events", example(at));
    }
    return new Term.Faulty();
  }

  private static boolean suits(Expr.Figure figure, ValueType type) {
    return switch (figure) {
      case Sum, Average -> type.isNumber();
      case Min, Max -> type.isNumber() || type == ValueType.Timestamp;
      case Last -> type != ValueType.StringList && type != ValueType.Duration;
    };
  }

  /** A sum must not overflow, so a value that can be of any size goes through arithmetic first. */
  private static Expr bounded(Expr.Figure figure, Expr value) {
    boolean adds = figure == Expr.Figure.Sum || figure == Expr.Figure.Average;
    boolean small =
        value.type() != ValueType.Double
            || value instanceof Expr.Property
            || value instanceof Expr.Arithmetic
            || value instanceof Expr.Convert;
    return !adds || small
        ? value
        : new Expr.Arithmetic(Expr.Operation.Add, value, Expr.Literal.of(0.0));
  }

  private static String example(CelExpr at) {
    return "as in events(\"order\").map(e, e.price)." + at.call().function() + "()";
  }
}
