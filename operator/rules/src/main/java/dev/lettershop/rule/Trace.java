package dev.lettershop.rule;

import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.CelLiterals;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import dev.lettershop.rule.ast.ExprText;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.rule.evaluate.Evaluation;
import dev.lettershop.rule.evaluate.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a rule comes to its answer for one profile: each part that is a condition, with its truth and
 * what it was answered from. Immutable.
 *
 * @param text the part, in a form that reads like CEL
 * @param values what the part looks at, by the text of the reference; empty where parts tell it.
 *     Missing values say so, personal data is masked
 * @param parts conditions that this one is made of
 */
public record Trace(String text, Truth truth, Map<String, String> values, List<Trace> parts) {
  /** Stands for a value that is missing. */
  public static final String MISSING = "missing";

  /** Stands for personal data. */
  public static final String MASKED = "***";

  public Trace {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    parts = List.copyOf(parts);
  }

  /**
   * Traces a rule.
   *
   * @param profile as {@link Rule#evaluate} takes it
   * @param schema says what is personal data
   */
  public static Trace of(Rule rule, Profile profile, Instant now, ProfileSchema schema) {
    return new Tracer(profile, now, rule.slots(), schema).trace(rule.expr());
  }

  private static final class Tracer {
    private final Frame frame;
    private final ProfileSchema schema;
    private final Evaluation evaluation = new Evaluation();

    Tracer(Profile profile, Instant now, int slots, ProfileSchema schema) {
      this.frame = new Frame(profile, now, slots);
      this.schema = schema;
    }

    Trace trace(Expr expr) {
      Truth truth = evaluation.test(expr).of(frame);
      boolean joins =
          expr instanceof Expr.And
              || expr instanceof Expr.Or
              || expr instanceof Expr.Not
              || expr instanceof Expr.InSegment;
      List<Trace> parts = new ArrayList<>();
      Map<String, String> values = new LinkedHashMap<>();
      if (joins) {
        ExprParts.of(expr).forEach(part -> parts.add(trace(part)));
      } else {
        collect(expr, values);
      }
      return new Trace(ExprText.of(expr), truth, values, parts);
    }

    /** What stands outside of lists has one value; of events, what is asked of them has. */
    private void collect(Expr expr, Map<String, String> values) {
      if (expr instanceof Expr.Attribute attribute) {
        boolean pii = schema.attributes().get(attribute.name()).pii();
        values.put(ExprText.of(expr), shown(evaluation.read(expr).of(frame), pii));
      } else if (expr instanceof Expr.Score
          || expr instanceof Expr.Cluster
          || expr instanceof Expr.EventCount) {
        values.put(ExprText.of(expr), shown(evaluation.read(expr).of(frame), false));
      } else if (expr instanceof Expr.EventFigure figure) {
        boolean text = figure.type() == ValueType.String;
        values.put(ExprText.of(expr), shown(evaluation.read(expr).of(frame), text));
      } else if (expr instanceof Expr.AnyEvent any) {
        Expr count = new Expr.EventCount(any.events());
        values.put(ExprText.of(count), shown(evaluation.read(count).of(frame), false));
      } else if (expr instanceof Expr.AnyElement any) {
        collect(any.list(), values);
      } else {
        ExprParts.of(expr).forEach(part -> collect(part, values));
      }
    }

    private static String shown(Object value, boolean masked) {
      if (value == null) {
        return MISSING;
      }
      if (masked) {
        return MASKED;
      }
      return value instanceof String text ? CelLiterals.of(text) : value.toString();
    }
  }
}
