package dev.lettershop.rule.structured;

import dev.lettershop.resource.DurationText;
import dev.lettershop.rule.ast.CelLiterals;
import dev.lettershop.rule.ast.Limits;
import java.util.Optional;

/** Durations of structured rules as CEL. */
final class StructuredDuration {
  private StructuredDuration() {}

  /** The duration as a CEL constant, or nothing when it is none, is 0 or is too long. */
  static Optional<String> toCel(String text) {
    return DurationText.read(text)
        .filter(length -> !length.isZero() && length.compareTo(Limits.DURATION) <= 0)
        .map(CelLiterals::of);
  }
}
