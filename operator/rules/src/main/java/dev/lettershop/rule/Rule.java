package dev.lettershop.rule;

import dev.lettershop.profile.Profile;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.evaluate.Drift;
import dev.lettershop.rule.evaluate.Evaluation;
import dev.lettershop.rule.evaluate.Frame;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

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
    this.slots = found.slots;
    this.attributes = Collections.unmodifiableSet(found.attributes);
    this.eventNames = Collections.unmodifiableSet(found.eventNames);
    this.models = Collections.unmodifiableSet(found.models);
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
  public Drift drift() {
    return Drift.of(expr);
  }

  @Override
  public String toString() {
    return source;
  }

  /** What an expression reads. */
  private static final class Dependencies {
    private final TreeSet<String> attributes = new TreeSet<>();
    private final TreeSet<String> eventNames = new TreeSet<>();
    private final TreeSet<String> models = new TreeSet<>();
    private int slots;

    Dependencies(Expr expr) {
      ExprParts.visit(expr, this::note);
    }

    private void note(Expr expr) {
      if (expr instanceof Expr.Attribute attribute) {
        attributes.add(attribute.name());
      } else if (expr instanceof Expr.Score score) {
        models.add(score.model());
      } else if (expr instanceof Expr.Cluster cluster) {
        models.add(cluster.model());
      } else if (expr instanceof Expr.AnyElement any) {
        slots = Math.max(slots, any.slot() + 1);
      }
      Expr.Events events = ExprParts.events(expr);
      if (events != null) {
        eventNames.add(events.name());
        slots = Math.max(slots, events.slot() + 1);
      }
    }
  }
}
