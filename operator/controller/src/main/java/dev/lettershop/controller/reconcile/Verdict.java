package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.DiagnosticText;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.plan.References;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the compiler's findings mean for the conditions of the resource: a pure function.
 *
 * <p>A reference that leads nowhere is not a mistake at first, for tools apply what belongs
 * together in any order. After a while it is one.
 *
 * @param self whose conditions they are
 * @param grace how long a reference may lead nowhere
 */
public record Verdict(
    ResourceRef self, List<Diagnostic> diagnostics, References references, Duration grace) {
  private static final String NOT_FOUND = "ReferenceNotFound";
  private static final String INVALID_REFERENCE = "InvalidReference";
  private static final String INVALID = "Invalid";

  public boolean isSound() {
    return diagnostics.stream().noneMatch(Diagnostic::isError);
  }

  /**
   * @param reason of {@code Ready} when nothing is wrong
   * @param message of {@code Ready} when nothing is wrong; warnings are added to it
   */
  public Conditions applyTo(Conditions before, String reason, String message) {
    List<Diagnostic> errors = diagnostics.stream().filter(Diagnostic::isError).toList();
    if (errors.isEmpty()) {
      return references(before).ready(reason, withWarnings(message));
    }
    String text = DiagnosticText.of(self, errors);
    if (!references.missing().isEmpty()) {
      Conditions judged = before.unresolvedRefs(NOT_FOUND, text);
      return isLate(judged) ? judged.stalled(NOT_FOUND, text) : judged.reconciling(NOT_FOUND, text);
    }
    boolean own = errors.stream().anyMatch(d -> d.resource().equals(self));
    return own
        ? references(before).stalled(INVALID, text)
        : before.unresolvedRefs(INVALID_REFERENCE, text).stalled(INVALID_REFERENCE, text);
  }

  private Conditions references(Conditions before) {
    return references.named().stream().allMatch(self::equals)
        ? before.remove(Conditions.RESOLVED_REFS)
        : before.resolvedRefs();
  }

  private String withWarnings(String message) {
    List<Diagnostic> warnings =
        diagnostics.stream().filter(d -> d.severity() == Severity.Warning).toList();
    return warnings.isEmpty() ? message : message + "\n" + DiagnosticText.of(self, warnings);
  }

  private boolean isLate(Conditions judged) {
    return !judged.now().isBefore(deadline(judged));
  }

  /** When a reference that leads nowhere becomes a mistake. */
  private Instant deadline(Conditions judged) {
    return judged
        .get(Conditions.RESOLVED_REFS)
        .filter(c -> c.status() == ConditionStatus.False)
        .map(Condition::lastTransitionTime)
        .map(Instant::parse)
        .orElse(judged.now())
        .plus(grace);
  }

  /** How long until time alone changes the verdict; null when it does not. */
  public Duration untilLate(Conditions judged) {
    if (isSound() || references.missing().isEmpty() || isLate(judged)) {
      return null;
    }
    return Duration.between(judged.now(), deadline(judged)).plusSeconds(1);
  }
}
