package dev.lettershop.rule.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.Profile;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.Shop;
import dev.lettershop.rule.ast.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile.city == 'New York'",
        "profile.city != 'Boston'",
        "profile.city in ['Boston', 'New York']",
        "profile.city.startsWith('New') && profile.city.endsWith('York')",
        "profile.city.contains('w Y')",
        "profile.city.lowerAscii() == 'new york' && profile.city.upperAscii() == 'NEW YORK'",
        "profile.city.matches('^New\\\\s[A-Z]ork$')",
        "size(profile.city) == 8 && profile.city.size() == 8",
        "('  x' + profile.city + ' ').trim() == 'xNew York'",
        "profile.lifetime_value > 5000",
        "profile.lifetime_value >= 6000.0 && profile.lifetime_value == 6000",
        "5000 < profile.lifetime_value",
        "profile.visits > 2.5 && profile.visits < 3.5 && profile.visits == 3.0",
        "profile.visits * 2 + 1 == 7 && profile.visits / 2 == 1 && profile.visits % 2 == 1",
        "-profile.visits == -3",
        "profile.lifetime_value / 4.0 == 1500.0",
        "double(profile.visits) == 3.0 && int(profile.lifetime_value) == 6000",
        "string(profile.visits) == '3' && int('12') == 12 && string(profile.vip) == 'true'",
        "profile.vip",
        "profile.vip == true && !(profile.vip == false)",
        "has(profile.city) && !has(profile.first_name)",
        "(has(profile.first_name) ? profile.first_name : 'there') == 'there'",
        "'news' in profile.interests && !('cars' in profile.interests)",
        "size(profile.interests) == 2",
        "profile.interests.exists(i, i.startsWith('sh')) && profile.interests.all(i, i != '')",
        "profile.last_active_at > now - duration('720h')",
        "now - profile.last_active_at < duration('720h')",
        "profile.last_active_at + duration('720h') > now",
        "profile.last_active_at < timestamp('2026-11-02T00:00:00Z')",
        "events('product_viewed', duration('24h')).exists(e, e.price > 100.0)",
        "events('product_viewed').size() == 4",
        "events('product_viewed', duration('24h')).size() == 1",
        "events('order_completed').size() == 0 && !events('order_completed').exists(e, true)",
        "events('order_completed').all(e, false)",
        "events('product_viewed').exists(e, !has(e.price))",
        "events('product_viewed').filter(e, has(e.price) && e.price < 1.0).size() == 2",
        "events('product_viewed').filter(e, has(e.price)).map(e, e.price).sum() > 120",
        "events('product_viewed').filter(e, has(e.quantity)).map(e, e.quantity).sum() == 4",
        "max(events('product_viewed').filter(e, has(e.price)).map(e, e.price)) == 120.0",
        "events('product_viewed').filter(e, has(e.price)).map(e, e.price).min() == 0.1",
        "events('product_viewed').filter(e, has(e.quantity)).map(e, e.quantity).avg() > 1.3",
        "events('order_completed').map(e, 1).sum() == 0",
        "events('product_viewed').map(e, e.occurred_at).max() > now - duration('2h')",
        "events('product_viewed').exists_one(e, e.occurred_at > now - duration('24h'))",
        "events('product_viewed').exists(e,"
            + " events('product_viewed').exists(f, f.price > e.price))",
        "inSegment('rich')",
      })
  void holds_for_ada(String cel) {
    assertThat(Shop.truth(cel, Shop.ADA)).isEqualTo(Truth.True);
  }

  @Test
  void cents_add_up_exactly() {
    // given 0.1 + 0.2, which are 0.30000000000000004 as binary fractions
    String cel =
        "events('product_viewed').filter(e, has(e.price) && e.price < 1.0)"
            + ".map(e, e.price).sum() == 0.3";

    assertThat(Shop.truth(cel, Shop.ADA)).isEqualTo(Truth.True);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile.city == 'New York'",
        "profile.city != 'New York'",
        "!(profile.city == 'New York')",
        "profile.city in ['New York']",
        "!(profile.city in [])",
        "profile.city == profile.city",
        "profile.vip",
        "!profile.vip",
        "profile.visits + 1 > 0",
        "'news' in profile.interests",
        "profile.vip ? true : true",
        "profile.city == 'x' || false",
        "profile.city == 'x' && true",
        "events('order_completed').map(e, 1).avg() > 0.0",
        "events('order_completed').map(e, 1).max() > 0",
      })
  void a_missing_value_makes_it_unknown(String cel) {
    assertThat(Shop.truth(cel, Shop.NOBODY)).isEqualTo(Truth.Unknown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile.visits / 0 == 1",
        "profile.visits % 0 == 1",
        "profile.lifetime_value / 0.0 > 1.0",
        "profile.visits + 9223372036854775807 > 0",
        "profile.visits * 9223372036854775807 > 0",
        "-9223372036854775808 / (profile.visits - 4) > 0",
        "profile.lifetime_value * 1e200 > 0.0",
        "int(profile.city) == 1",
        "int(profile.lifetime_value * 1e100) == 1",
        "profile.last_active_at + duration('8760000h') > now - duration('1h')"
            + " && timestamp('9999-01-01T00:00:00Z') + duration('1h') < now && profile.vip == false"
            + " || profile.last_active_at + duration('8760000h') + duration('-1h')"
            + " > timestamp('9999-12-31T00:00:00Z') && 1 / (profile.visits - 3) == 1",
      })
  void what_cannot_be_calculated_is_unknown(String cel) {
    assertThat(Shop.truth(cel, Shop.ADA)).isNotEqualTo(Truth.True);
  }

  @ParameterizedTest
  @CsvSource({
    "profile.city == 'x' && false, False",
    "false && profile.city == 'x', False",
    "profile.city == 'x' || true, True",
    "true || profile.visits / 0 == 1, True",
    "(true ? true : profile.vip), True",
    "(false ? profile.vip : false), False",
    "has(profile.city) && profile.city == 'x', False",
    "!has(profile.city) || profile.city == 'x', True",
  })
  void what_is_certain_absorbs_what_is_unknown(String cel, Truth expected) {
    assertThat(Shop.truth(cel, Shop.NOBODY)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'events(\"product_viewed\").exists(e, e.price > 500.0)', Unknown",
    "'events(\"product_viewed\").exists(e, e.price > 100.0)', True",
    "'events(\"product_viewed\", duration(\"24h\")).exists(e, e.price > 500.0)', False",
    "'events(\"product_viewed\").all(e, e.price > 100.0)', False",
    "'events(\"product_viewed\").all(e, e.price >= 0.1)', Unknown",
    "'events(\"product_viewed\").filter(e, e.price > 100.0).size() == 1', Unknown",
    "'events(\"product_viewed\").map(e, e.price).sum() > 1.0', Unknown",
  })
  void one_event_without_the_property_leaves_the_answer_open(String cel, Truth expected) {
    assertThat(Shop.truth(cel, Shop.ADA)).isEqualTo(expected);
  }

  @Test
  void text_is_ordered_by_code_point_not_by_utf16_unit() {
    Profile profile = new Profile(Map.of("city", "\uE000"), List.of());

    assertThat(Shop.truth("profile.city < '😀'", profile)).isEqualTo(Truth.True);
  }

  @Test
  void a_value_of_another_type_than_declared_counts_as_absent() {
    Profile odd =
        new Profile(
            Map.of("visits", "three", "lifetime_value", 5L, "interests", "news"), List.of());

    assertThat(Shop.truth("has(profile.visits) || has(profile.lifetime_value)", odd))
        .isEqualTo(Truth.False);
    assertThat(Shop.truth("'news' in profile.interests", odd)).isEqualTo(Truth.Unknown);
  }

  @Test
  void nan_counts_as_absent() {
    Profile odd = new Profile(Map.of("lifetime_value", Double.NaN), List.of());

    assertThat(Shop.truth("profile.lifetime_value > 1.0", odd)).isEqualTo(Truth.Unknown);
    assertThat(Shop.truth("has(profile.lifetime_value)", odd)).isEqualTo(Truth.False);
  }

  @Test
  void time_counts_in_whole_microseconds() {
    Rule rule = Shop.rule("profile.last_active_at == now");
    Profile profile = new Profile(Map.of("last_active_at", Shop.NOW.plusNanos(1_999)), List.of());

    assertThat(rule.evaluate(profile, Shop.NOW.plusNanos(1_001))).isEqualTo(Truth.True);
    assertThat(rule.evaluate(profile, Shop.NOW)).isEqualTo(Truth.False);
  }

  @Test
  void an_event_exactly_as_old_as_the_window_is_outside_of_it() {
    Rule rule = Shop.rule("events('product_viewed', duration('1h')).size() == 1");

    assertThat(rule.evaluate(Shop.ADA, Shop.NOW)).isEqualTo(Truth.False);
    assertThat(rule.evaluate(Shop.ADA, Shop.NOW.minus(Duration.ofNanos(1000))))
        .isEqualTo(Truth.True);
  }

  @Test
  void extreme_moments_do_no_harm() {
    Profile odd = new Profile(Map.of("last_active_at", Instant.MAX), List.of());

    assertThat(Shop.truth("profile.last_active_at + duration('1h') > profile.created_at", odd))
        .isEqualTo(Truth.Unknown);
    assertThat(
            Shop.truth(
                "profile.last_active_at - timestamp('2026-01-01T00:00:00Z') > duration('1h')", odd))
        .isEqualTo(Truth.Unknown);
  }

  @Test
  void a_rule_names_what_it_depends_on() {
    Rule rule =
        Shop.rule(
            "inSegment('rich') && events('product_viewed').exists(e, e.price > 1.0)"
                + " || has(profile.city)");

    assertThat(rule.attributes()).containsExactly("city", "lifetime_value");
    assertThat(rule.eventNames()).containsExactly("product_viewed");
  }
}
