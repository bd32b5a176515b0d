package dev.lettershop.rule.structured;

import dev.lettershop.api.v1alpha1.segment.PropertyRule;
import dev.lettershop.api.v1alpha1.segment.SegmentTerm;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.resource.DurationText;
import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.rule.parse.EventLists;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles one condition of structured rules: on an attribute, an event or a segment. */
final class StructuredTerm {
  private final ProfileSchema schema;
  private final Segments segments;
  private final int slot;
  private final Purpose purpose;
  private final List<FieldProblem> problems;
  private final StructuredComparison comparison;

  StructuredTerm(
      ProfileSchema schema,
      Segments segments,
      int slot,
      Purpose purpose,
      List<FieldProblem> problems) {
    this.schema = schema;
    this.segments = segments;
    this.slot = slot;
    this.purpose = purpose;
    this.problems = problems;
    this.comparison = new StructuredComparison(slot, problems);
  }

  Expr compile(SegmentTerm term, String path) {
    if (term.attribute() != null) {
      return attribute(term, path);
    }
    if (term.event() != null) {
      return event(term, path);
    }
    if (term.segment() != null) {
      return segment(term.segment(), path + ".segment");
    }
    return faulty(path, "no condition is given", "set one of attribute, event and segment");
  }

  private Expr attribute(SegmentTerm term, String path) {
    AttributeDefinition definition = schema.attributes().get(term.attribute());
    if (definition == null) {
      return faulty(
          path + ".attribute",
          "unknown attribute \"" + term.attribute() + "\"",
          DidYouMean.fix(term.attribute(), schema.attributes().keySet()));
    }
    StructuredComparison.Operand operand =
        new StructuredComparison.Operand(
            new Expr.Attribute(term.attribute(), ValueType.of(definition.type())),
            "profile." + term.attribute(),
            definition.protection());
    return comparison.compile(operand, term.operator(), term.value(), term.values(), path);
  }

  private Expr segment(String segment, String path) {
    Expr rule = segments.inline(segment, slot, (message, fix) -> faulty(path, message, fix));
    return rule == null ? Junction.FAULTY : new Expr.InSegment(segment, rule);
  }

  private Expr event(SegmentTerm term, String path) {
    EventDefinition definition = schema.event(term.event());
    if (definition == null) {
      return faulty(
          path + ".event",
          "unknown event \"" + term.event() + "\"",
          DidYouMean.fix(term.event(), schema.eventNames()));
    }
    EventWindow window = window(term, path);
    List<Expr> conditions = new ArrayList<>();
    if (term.where() != null) {
      for (int i = 0; i < term.where().size(); i++) {
        conditions.add(property(term.where().get(i), definition, path + ".where[" + i + "]"));
      }
    }
    Expr where = conditions.isEmpty() ? null : Junction.and(conditions);
    return counted(term, path, window, where);
  }

  private EventWindow window(SegmentTerm term, String path) {
    if (term.within() == null) {
      if (purpose == Purpose.All) {
        problems.add(
            new FieldProblem(
                path + ".event",
                Problem.warning(
                    null,
                    EventLists.looksAtEvery(term.event()),
                    "write within, as in within: 365d; lettershop explain estimates how many there"
                        + " are")));
      }
      return seen(EventWindow.ALWAYS);
    }
    Optional<EventWindow> window =
        DurationText.read(term.within())
            .filter(length -> !length.isZero() && length.compareTo(Limits.DURATION) <= 0)
            .map(EventWindow::within);
    if (window.isEmpty()) {
      faulty(path + ".within", "this is not a duration", "write it as in 24h or 30d");
    }
    return seen(window.orElse(EventWindow.ALWAYS));
  }

  private EventWindow seen(EventWindow window) {
    return purpose == Purpose.Past ? window.ofThePast() : window;
  }

  private Expr property(PropertyRule rule, EventDefinition definition, String path) {
    var type = definition.properties().get(rule.property());
    if (type == null) {
      return faulty(
          path + ".property",
          "unknown property \"" + rule.property() + "\" of event \"" + definition.name() + "\"",
          DidYouMean.fix(rule.property(), definition.properties().keySet()));
    }
    Expr property = new Expr.Property(slot, rule.property(), ValueType.of(type));
    Expr compared =
        comparison.compile(
            new StructuredComparison.Operand(property, "e." + rule.property(), null),
            rule.operator(),
            rule.value(),
            rule.values(),
            path);
    // An event without the property does not count; without has it would make the rule unknown.
    Expr present = new Expr.Has(property);
    return compared.equals(present) || compared.equals(Junction.not(present))
        ? compared
        : Junction.and(List.of(present, compared));
  }

  private Expr counted(SegmentTerm term, String path, EventWindow window, Expr where) {
    Integer least = term.atLeast();
    Integer most = term.atMost();
    if (least != null && most != null && least > most) {
      return faulty(path + ".atMost", "atMost is less than atLeast", null);
    }
    boolean once = most == null && (least == null || least == 1);
    boolean never = most != null && most == 0;
    if (where != null && (once || never)) {
      Expr any = new Expr.AnyEvent(new Expr.Events(slot, term.event(), window, null), where);
      return never ? Junction.not(any) : any;
    }
    Expr count = new Expr.EventCount(new Expr.Events(slot, term.event(), window, where));
    if (once) {
      return counts(Expr.Comparison.Greater, count, 0);
    }
    List<Expr> bounds = new ArrayList<>();
    if (least != null && least > 0) {
      bounds.add(counts(Expr.Comparison.GreaterOrEqual, count, least));
    }
    if (most != null) {
      bounds.add(counts(never ? Expr.Comparison.Equal : Expr.Comparison.LessOrEqual, count, most));
    }
    return bounds.isEmpty() ? Expr.Literal.of(true) : Junction.and(bounds);
  }

  private static Expr counts(Expr.Comparison comparison, Expr count, int number) {
    return new Expr.Compare(comparison, count, Expr.Literal.of((long) number));
  }

  private Expr faulty(String path, String message, String fix) {
    problems.add(new FieldProblem(path, Problem.error(null, message, fix)));
    return Junction.FAULTY;
  }
}
