package dev.lettershop.rule;

import dev.lettershop.profile.Profile;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.rule.evaluate.Evaluation;
import dev.lettershop.rule.evaluate.Frame;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A checked expression that comes to a number, asked of one profile as of a moment: events from
 * that moment on do not count. Booleans are 0 and 1, Durations days. Immutable and thread-safe.
 * Made by {@link RuleCompiler}.
 */
public final class Formula {
  /** A Duration is microseconds, and a number of days. */
  public static final double MICROSECONDS_OF_DAY = 86_400_000_000.0;

  private final String source;
  private final Expr expr;
  private final Evaluation.Read read;
  private final Dependencies dependencies;

  Formula(String source, Expr expr) {
    this.source = source;
    this.expr = expr;
    this.read = new Evaluation().read(expr);
    this.dependencies = new Dependencies(expr);
  }

  /** The CEL text, as written. */
  public String source() {
    return source;
  }

  /** What it means; of a type that comes to a number. */
  public Expr expr() {
    return expr;
  }

  /**
   * The number for a profile, never -0.0; empty where it is unknown. Never throws on what a profile
   * holds.
   *
   * @param profile must carry the events named by {@link #eventNames()}
   * @param moment taken to whole microseconds, downwards
   */
  public OptionalDouble evaluate(Profile profile, Instant moment) {
    Object value = read.of(new Frame(profile, moment, dependencies.slots()));
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof Boolean truth) {
      return OptionalDouble.of(truth ? 1 : 0);
    }
    // Zero has no sign: PostgreSQL's exact numbers know none either.
    double number = ((Number) value).doubleValue() + 0.0;
    return OptionalDouble.of(
        expr.type() == ValueType.Duration ? number / MICROSECONDS_OF_DAY : number);
  }

  /** Names of the attributes that the number depends on, sorted. */
  public Set<String> attributes() {
    return dependencies.attributes();
  }

  /** Names of the events that the number depends on, sorted. */
  public Set<String> eventNames() {
    return dependencies.eventNames();
  }

  /** Names of the models that the number depends on, sorted. */
  public Set<String> models() {
    return dependencies.models();
  }

  @Override
  public String toString() {
    return source;
  }
}
