package dev.lettershop.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormulaTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final RuleCompiler RULES =
      new RuleCompiler(
          ProfileSchema.of(
              List.of(),
              List.of(
                  new EventType(
                      "order", List.of(new EventProperty("total", AttributeType.Double))))),
          Map.of());
  private static final Profile BUYER =
      new Profile(
          Map.of(),
          List.of(
              order("2026-01-30T00:00:00Z", 10),
              order("2026-02-27T12:00:00Z", 20),
              order("2026-03-01T00:00:00Z", 40),
              order("2026-04-01T00:00:00Z", 80)));

  private static Event order(String at, double total) {
    return new Event("order", Instant.parse(at), Map.of("total", total));
  }

  private static double number(String cel) {
    FormulaResult result = RULES.compileFormula(cel);
    assertThat(result.problems()).isEmpty();
    return result.formula().evaluate(BUYER, NOW).orElseThrow();
  }

  @Test
  void counts_what_happened_before_the_moment() {
    assertThat(number("events('order').size()")).isEqualTo(2);
    assertThat(number("events('order', duration('48h')).map(e, e.total).sum()")).isEqualTo(20);
    assertThat(number("events('order', now - duration('48h'), now + duration('48h')).size()"))
        .isEqualTo(1);
  }

  @Test
  void zero_has_no_sign() {
    Profile nothing = new Profile(Map.of(), List.of(order("2026-02-27T12:00:00Z", -0.0)));
    Formula least = RULES.compileFormula("events('order').map(e, e.total).min()").formula();
    assertThat(1 / least.evaluate(nothing, NOW).orElseThrow()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void takes_a_duration_as_days_and_a_boolean_as_one_or_zero() {
    assertThat(number("now - events('order').map(e, e.occurred_at).max()")).isEqualTo(1.5);
    assertThat(number("events('order').exists(e, e.total > 30.0)")).isZero();
    assertThat(number("events('order').exists(e, e.total > 15.0)")).isEqualTo(1);
  }

  @Test
  void is_empty_where_it_is_unknown() {
    assertThat(
            RULES
                .compileFormula("events('order', duration('1h')).map(e, e.total).max()")
                .formula()
                .evaluate(BUYER, NOW))
        .isEmpty();
  }

  @Test
  void refuses_what_is_not_a_number_with_a_way_out() {
    FormulaResult result = RULES.compileFormula("events('order').map(e, e.occurred_at).max()");

    assertThat(result.formula()).isNull();
    assertThat(result.problems().get(0).message())
        .isEqualTo("expected an Integer, a Double, a Boolean or a Duration, found a Timestamp");
    assertThat(result.problems().get(0).fix()).isEqualTo("write how long ago it is, as in now - …");
  }

  @Test
  void a_rule_as_of_a_moment_does_not_know_what_came_after_it() {
    String cel = "events('order').size() == 2";

    assertThat(RULES.compileAsOf(cel).rule().evaluate(BUYER, NOW).isTrue()).isTrue();
    assertThat(RULES.compile(cel).rule().evaluate(BUYER, NOW).isTrue()).isFalse();
  }
}
