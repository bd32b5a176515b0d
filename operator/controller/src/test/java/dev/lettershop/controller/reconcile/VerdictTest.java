package dev.lettershop.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.plan.References;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final ResourceRef SELF = new ResourceRef("Campaign", "news");
  private static final ResourceRef VIP = new ResourceRef("Segment", "vip");
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Test
  void withoutErrorsItIsReadyAndWarningsAreSaid() {
    Conditions judged =
        judge(Set.of(), at(NOW), finding(Severity.Warning, VIP, "spec.expression", "is slow"));

    assertThat(judged.is(Conditions.READY, ConditionStatus.True)).isTrue();
    assertThat(judged.is(Conditions.RESOLVED_REFS, ConditionStatus.True)).isTrue();
    assertThat(judged.get(Conditions.READY).orElseThrow().message())
        .isEqualTo("Fine\nSegment/vip spec.expression: is slow; fix it");
  }

  @Test
  void aReferenceThatLeadsNowhereIsWaitedForAndThenAMistake() {
    Conditions early = judge(Set.of(VIP), at(NOW), missing());
    Conditions late =
        judge(Set.of(VIP), Conditions.of(early.list(), 1L, NOW.plus(GRACE)), missing());

    assertThat(early.is(Conditions.RECONCILING, ConditionStatus.True)).isTrue();
    assertThat(early.is(Conditions.RESOLVED_REFS, ConditionStatus.False)).isTrue();
    assertThat(verdict(Set.of(VIP), missing()).untilLate(early)).isEqualTo(GRACE.plusSeconds(1));
    assertThat(late.is(Conditions.STALLED, ConditionStatus.True)).isTrue();
    assertThat(late.get(Conditions.RECONCILING)).isEmpty();
    assertThat(verdict(Set.of(VIP), missing()).untilLate(late)).isNull();
  }

  @Test
  void aMistakeOfItsOwnStallsAtOnce() {
    Conditions judged =
        judge(Set.of(), at(NOW), finding(Severity.Error, SELF, "spec.topic", "is unknown"));

    assertThat(reason(judged)).isEqualTo("Invalid");
    assertThat(judged.is(Conditions.STALLED, ConditionStatus.True)).isTrue();
  }

  @Test
  void aMistakeElsewhereIsNamedWithItsResource() {
    Conditions judged =
        judge(Set.of(), at(NOW), finding(Severity.Error, VIP, "spec.expression", "is wrong"));

    assertThat(reason(judged)).isEqualTo("InvalidReference");
    assertThat(judged.is(Conditions.RESOLVED_REFS, ConditionStatus.False)).isTrue();
    assertThat(judged.get(Conditions.READY).map(Condition::message).orElseThrow())
        .startsWith("Segment/vip spec.expression: is wrong");
  }

  @Test
  void whatRefersToNothingHasNothingToResolve() {
    Conditions judged =
        new Verdict(SELF, List.of(), new References(Set.of(SELF), Set.of()), GRACE)
            .applyTo(at(NOW), "Ready", "Fine");

    assertThat(judged.get(Conditions.RESOLVED_REFS)).isEmpty();
  }

  private static Diagnostic missing() {
    return finding(Severity.Error, SELF, "spec.audience.include[0]", "does not exist");
  }

  private static Conditions at(Instant now) {
    return Conditions.of(List.of(), 1L, now);
  }

  private static Conditions judge(Set<ResourceRef> missing, Conditions before, Diagnostic found) {
    return verdict(missing, found).applyTo(before, "Ready", "Fine");
  }

  private static Verdict verdict(Set<ResourceRef> missing, Diagnostic found) {
    return new Verdict(SELF, List.of(found), new References(Set.of(VIP), missing), GRACE);
  }

  private static String reason(Conditions judged) {
    return judged.get(Conditions.READY).orElseThrow().reason();
  }

  private static Diagnostic finding(
      Severity severity, ResourceRef resource, String field, String message) {
    return new Diagnostic(severity, resource, field, null, message, "fix it");
  }
}
