package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant BEFORE = Instant.parse("2026-11-01T09:00:00.999Z");
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00.123456Z");

  private final Conditions ready =
      Conditions.of(null, 1L, BEFORE).ready("Scheduled", "Is sent every Monday");

  @Test
  void a_new_condition_has_all_that_the_api_conventions_ask_for() {
    assertThat(ready.list())
        .containsExactly(
            new Condition(
                "Ready",
                ConditionStatus.True,
                "Scheduled",
                "Is sent every Monday",
                "2026-11-01T09:00:00Z",
                1L));
  }

  @Test
  void the_transition_time_stays_while_the_status_does() {
    Condition changed =
        Conditions.of(ready.list(), 2L, NOW)
            .ready("Suspended", "Is paused")
            .get("Ready")
            .orElseThrow();

    assertThat(changed.lastTransitionTime()).isEqualTo("2026-11-01T09:00:00Z");
    assertThat(changed.reason()).isEqualTo("Suspended");
    assertThat(changed.message()).isEqualTo("Is paused");
    assertThat(changed.observedGeneration()).isEqualTo(2L);
  }

  @Test
  void the_transition_time_moves_with_the_status() {
    Condition changed =
        Conditions.of(ready.list(), 2L, NOW).stalled("Invalid", "…").get("Ready").orElseThrow();

    assertThat(changed.lastTransitionTime()).isEqualTo("2026-11-01T10:00:00Z");
  }

  @Test
  void a_status_that_went_and_came_back_while_it_was_computed_did_not_change() {
    Conditions back =
        Conditions.of(ready.list(), 1L, NOW).stalled("Invalid", "…").ready("Scheduled", "");

    assertThat(back.get("Ready").orElseThrow().lastTransitionTime())
        .isEqualTo("2026-11-01T09:00:00Z");
  }

  @Test
  void what_is_stalled_is_not_reconciling() {
    Conditions stalled =
        Conditions.of(null, 1L, NOW).reconciling("Progressing", "").stalled("Invalid", "…");

    assertThat(stalled.is("Ready", ConditionStatus.False)).isTrue();
    assertThat(stalled.is("Stalled", ConditionStatus.True)).isTrue();
    assertThat(stalled.get("Reconciling")).isEmpty();
  }

  @Test
  void what_is_reconciling_is_not_stalled() {
    Conditions again =
        Conditions.of(null, 1L, NOW)
            .stalled("Invalid", "…")
            .reconciling(ConditionStatus.Unknown, "RetryingAfterError", "…");

    assertThat(again.is("Ready", ConditionStatus.Unknown)).isTrue();
    assertThat(again.is("Reconciling", ConditionStatus.True)).isTrue();
    assertThat(again.get("Stalled")).isEmpty();
  }

  @Test
  void what_is_ready_is_neither_stalled_nor_reconciling() {
    assertThat(Conditions.of(null, 1L, NOW).stalled("Invalid", "…").ready("Ready", "").list())
        .extracting(Condition::type)
        .containsExactly("Ready");
    assertThat(Conditions.of(null, 1L, NOW).reconciling("Applying", "").ready("Ready", "").list())
        .extracting(Condition::type)
        .containsExactly("Ready");
  }

  @Test
  void the_order_does_not_depend_on_how_conditions_come() {
    Conditions mixed =
        Conditions.of(
                List.of(
                    condition("Zebra"),
                    condition("LastRunSucceeded"),
                    condition("Apple"),
                    condition("Ready")),
                1L,
                NOW)
            .unresolvedRefs("SegmentNotFound", "…")
            .stalled("ReferenceNotFound", "…");

    assertThat(mixed.list())
        .extracting(Condition::type)
        .containsExactly("Ready", "Stalled", "ResolvedRefs", "LastRunSucceeded", "Apple", "Zebra");
  }

  @Test
  void the_same_again_is_equal() {
    assertThat(
            Conditions.of(ready.list(), 1L, NOW).ready("Scheduled", "Is sent every Monday").list())
        .isEqualTo(ready.list());
  }

  @Test
  void a_change_leaves_what_it_was_made_from() {
    ready.stalled("Invalid", "…").remove("Ready");

    assertThat(ready.is("Ready", ConditionStatus.True)).isTrue();
    assertThat(ready.get("Stalled")).isEmpty();
  }

  @Test
  void no_message_is_longer_than_people_read() {
    String message =
        Conditions.of(null, 1L, NOW)
            .ready("Ready", "x".repeat(5_000))
            .get("Ready")
            .orElseThrow()
            .message();

    assertThat(message).hasSize(4_000).endsWith("x…");
  }

  @Test
  void an_absent_message_is_empty_as_the_schema_asks() {
    assertThat(ready.set("Ready", ConditionStatus.True, "Ready", null).list().get(0).message())
        .isEmpty();
  }

  private static Condition condition(String type) {
    return new Condition(type, ConditionStatus.True, "R", "", "2026-11-01T09:00:00Z", 1L);
  }
}
