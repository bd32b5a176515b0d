package dev.lettershop.rule;

import dev.lettershop.profile.ProfileSchema;
import java.util.Map;

/** Compiles rules of one store. Immutable and thread-safe; compiling is pure. */
public final class RuleCompiler {
  /**
   * @param schema attributes and events that rules may name
   * @param segmentExpressions CEL text by segment name, for {@code inSegment}
   */
  public RuleCompiler(ProfileSchema schema, Map<String, String> segmentExpressions) {}

  /** Compiles CEL text that must come to a Boolean. */
  public RuleResult compile(String cel) {
    throw new UnsupportedOperationException();
  }

  /**
   * Compiles the expression of a segment.
   *
   * @throws IllegalArgumentException when there is no such segment
   */
  public RuleResult compileNamed(String segment) {
    throw new UnsupportedOperationException();
  }
}
