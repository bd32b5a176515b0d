package dev.lettershop.rule.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeDependenceTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(),
          List.of(
              new EventType("booked", List.of(new EventProperty("day", AttributeType.Timestamp)))));

  private static TimeDependence drift(String rule) {
    RuleResult result = new RuleCompiler(SCHEMA, Map.of()).compile(rule);
    assertThat(result.isOk()).as("%s", result.problems()).isTrue();
    return result.rule().drift();
  }

  @Test
  void anAnniversaryOfTheProfileTellsWhoseAnswerChanges() {
    TimeDependence drift = drift("isAnniversary(profile.created_at, 7)");

    assertThat(drift.obstacle()).isNull();
    assertThat(drift.causes()).hasSize(1);
  }

  @Test
  void anAnniversaryOfEachEventIsAnObstacle() {
    assertThat(drift("events(\"booked\").exists(e, isAnniversary(e.day, 7))").obstacle())
        .isNotNull();
  }
}
