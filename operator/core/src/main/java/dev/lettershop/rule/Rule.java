package dev.lettershop.rule;

import dev.lettershop.profile.Profile;
import java.time.Instant;
import java.util.Set;

/** A checked rule about one profile. Immutable and thread-safe. Made by {@link RuleCompiler}. */
public final class Rule {
  private final String source;
  private final Expr expr;

  Rule(String source, Expr expr) {
    this.source = source;
    this.expr = expr;
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
   * Whether the rule holds for a profile at {@code now}. Never throws on what a profile holds.
   *
   * @param profile must carry the events named by {@link #eventNames()}
   * @param now taken to whole microseconds, downwards
   */
  public Truth evaluate(Profile profile, Instant now) {
    throw new UnsupportedOperationException();
  }

  /** Names of the attributes that the answer depends on, sorted. */
  public Set<String> attributes() {
    return Set.of();
  }

  /** Names of the events that the answer depends on, sorted. */
  public Set<String> eventNames() {
    return Set.of();
  }
}
