package dev.lettershop.rule.structured;

import dev.lettershop.api.v1alpha1.segment.PropertyRule;
import dev.lettershop.api.v1alpha1.segment.SegmentTerm;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.ast.CelLiterals;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes one condition of {@code spec.rules}: on an attribute, an event or a segment. */
final class StructuredTerm {
  /** Stands where a problem was reported; never gets out. */
  private static final String FAULTY = "false";

  private final ProfileSchema schema;
  private final Collection<String> segments;
  private final List<FieldProblem> problems;
  private final StructuredComparison comparison;

  StructuredTerm(ProfileSchema schema, Collection<String> segments, List<FieldProblem> problems) {
    this.schema = schema;
    this.segments = segments;
    this.problems = problems;
    this.comparison = new StructuredComparison(problems);
  }

  String write(SegmentTerm term, String path) {
    if (term.attribute() != null) {
      return attribute(term, path);
    }
    if (term.event() != null) {
      return event(term, path);
    }
    if (term.segment() != null) {
      return segment(term.segment(), path);
    }
    return faulty(path, "there is no condition", "set one of attribute, event and segment");
  }

  private String attribute(SegmentTerm term, String path) {
    AttributeDefinition definition = schema.attributes().get(term.attribute());
    if (definition == null) {
      return faulty(
          path + ".attribute",
          "unknown attribute \"" + term.attribute() + "\"",
          DidYouMean.fix(term.attribute(), schema.attributes().keySet()));
    }
    return comparison.write(
        new StructuredComparison.Operand(
            "profile." + term.attribute(), ValueType.of(definition.type())),
        term.operator(),
        term.value(),
        term.values(),
        path);
  }

  private String segment(String segment, String path) {
    if (!segments.contains(segment)) {
      return faulty(
          path + ".segment",
          "unknown segment \"" + segment + "\"",
          DidYouMean.fix(segment, segments));
    }
    return "inSegment(" + CelLiterals.of(segment) + ")";
  }

  private String event(SegmentTerm term, String path) {
    EventDefinition definition = schema.events().get(term.event());
    if (definition == null) {
      return faulty(
          path + ".event",
          "unknown event \"" + term.event() + "\"",
          DidYouMean.fix(term.event(), schema.events().keySet()));
    }
    String list = "events(" + CelLiterals.of(term.event()) + within(term, path) + ")";
    List<PropertyRule> where = term.where() == null ? List.of() : term.where();
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < where.size(); i++) {
      conditions.add(property(where.get(i), definition, path + ".where[" + i + "]"));
    }
    return counted(term, path, list, String.join(" && ", conditions));
  }

  private String within(SegmentTerm term, String path) {
    if (term.within() == null) {
      return "";
    }
    Optional<String> length = StructuredDuration.toCel(term.within());
    if (length.isEmpty()) {
      return faulty(path + ".within", "this is not a duration", "write it as in 24h or 30d");
    }
    return ", " + length.get();
  }

  private String property(PropertyRule rule, EventDefinition definition, String path) {
    var type = definition.properties().get(rule.property());
    if (type == null) {
      return faulty(
          path + ".property",
          "unknown property \"" + rule.property() + "\" of event \"" + definition.name() + "\"",
          DidYouMean.fix(rule.property(), definition.properties().keySet()));
    }
    // An event without the property does not count; without has it would make the rule unknown.
    StructuredComparison.Operand operand =
        new StructuredComparison.Operand("e." + rule.property(), ValueType.of(type));
    String written = comparison.write(operand, rule.operator(), rule.value(), rule.values(), path);
    return written.equals(operand.presence()) || written.equals("!" + operand.presence())
        ? written
        : operand.presence() + " && " + written;
  }

  private String counted(SegmentTerm term, String path, String list, String where) {
    Integer least = term.atLeast();
    Integer most = term.atMost();
    if (least != null && most != null && least > most) {
      return faulty(path + ".atMost", "atMost is less than atLeast", null);
    }
    boolean once = most == null && (least == null || least == 1);
    boolean never = most != null && most == 0;
    if (!where.isEmpty() && (once || never)) {
      return (never ? "!" : "") + list + ".exists(e, " + where + ")";
    }
    String size = list + (where.isEmpty() ? "" : ".filter(e, " + where + ")") + ".size()";
    if (once) {
      return size + " > 0";
    }
    List<String> bounds = new ArrayList<>();
    if (least != null && least > 0) {
      bounds.add(size + " >= " + least);
    }
    if (most != null) {
      bounds.add(most == 0 ? size + " == 0" : size + " <= " + most);
    }
    return bounds.isEmpty() ? "true" : String.join(" && ", bounds);
  }

  private String faulty(String path, String message, String fix) {
    problems.add(new FieldProblem(path, Problem.error(null, message, fix)));
    return FAULTY;
  }
}
