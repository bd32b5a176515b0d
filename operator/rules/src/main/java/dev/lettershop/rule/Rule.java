package dev.lettershop.rule;

import dev.lettershop.profile.Profile;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.evaluate.Evaluation;
import dev.lettershop.rule.evaluate.Frame;
import dev.lettershop.rule.evaluate.TimeDependence;
import java.time.Instant;
import java.util.Set;

/** A checked rule about one profile. Immutable and thread-safe. Made by {@link RuleCompiler}. */
public final class Rule {
  private final String source;
  private final Expr expr;
  private final Evaluation.Test test;
  private final int slots;
  private final Set<String> attributes;
  private final Set<String> eventNames;
  private final Set<String> models;

  Rule(String source, Expr expr) {
    this.source = source;
    this.expr = expr;
    this.test = new Evaluation().test(expr);
    Dependencies found = new Dependencies(expr);
    this.slots = found.slots();
    this.attributes = found.attributes();
    this.eventNames = found.eventNames();
    this.models = found.models();
  }

  /** The CEL text, as written. */
  public String source() {
    return source;
  }

  /** What the rule means, with the segments it refers to put in place; of type Boolean. */
  public Expr expr() {
    return expr;
  }

  /**
   * Whether the rule holds for a profile at {@code now}. Never throws on what a profile holds: a
   * value of another type than declared counts as absent.
   *
   * @param profile must carry the events named by {@link #eventNames()} and what the models named
   *     by {@link #models()} have computed
   * @param now taken to whole microseconds, downwards
   */
  public Truth evaluate(Profile profile, Instant now) {
    return test.of(new Frame(profile, now, slots));
  }

  /** Names of the attributes that the answer depends on, sorted. */
  public Set<String> attributes() {
    return attributes;
  }

  /** Names of the events that the answer depends on, sorted. */
  public Set<String> eventNames() {
    return eventNames;
  }

  /** Names of the models whose scores and clusters the answer depends on, sorted. */
  public Set<String> models() {
    return models;
  }

  /** Variables that evaluation needs at a time. */
  int slots() {
    return slots;
  }

  /** How the answer changes as time passes. */
  public TimeDependence drift() {
    return TimeDependence.of(expr);
  }

  @Override
  public String toString() {
    return source;
  }
}
