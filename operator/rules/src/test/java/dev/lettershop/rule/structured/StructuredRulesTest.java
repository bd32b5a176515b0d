package dev.lettershop.rule.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.segment.PropertyRule;
import dev.lettershop.api.v1alpha1.segment.RuleOperator;
import dev.lettershop.api.v1alpha1.segment.SegmentRule;
import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.api.v1alpha1.segment.SegmentTerm;
import dev.lettershop.rule.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuredRulesTest {

  @Test
  void writes_the_example_of_the_reference_as_cel() {
    SegmentRules rules =
        new SegmentRules(
            List.of(
                attribute("city", RuleOperator.In, null, "New York", "Boston"),
                event(
                    "product_viewed",
                    "24h",
                    1,
                    null,
                    new PropertyRule("price", RuleOperator.GreaterThan, "100", List.of())),
                new SegmentRule(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(
                        new SegmentTerm(
                            null, null, "rich", null, null, null, null, null, null, null),
                        new SegmentTerm(
                            "lifetime_value",
                            null,
                            null,
                            RuleOperator.GreaterThan,
                            "5000",
                            null,
                            null,
                            null,
                            null,
                            null)),
                    null)),
            null,
            List.of(event("order_completed", "7d", null, null)));

    assertThat(cel(rules))
        .isEqualTo(
            """
            profile.city in ["New York", "Boston"]
            && events("product_viewed", duration("24h")).exists(e, has(e.price) && e.price > 100.0)
            && (inSegment("rich") || profile.lifetime_value > 5000.0)
            && !(events("order_completed", duration("168h")).size() > 0)""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "city|Equal|O\"Hara \\ Co|profile.city == \"O\\\"Hara \\\\ Co\"",
        "city|NotEqual|x|profile.city != \"x\"",
        "city|Contains|x|profile.city.contains(\"x\")",
        "city|StartsWith|x|profile.city.startsWith(\"x\")",
        "city|EndsWith|x|profile.city.endsWith(\"x\")",
        "city|Exists||has(profile.city)",
        "city|DoesNotExist||!has(profile.city)",
        "vip|Equal|true|profile.vip == true",
        "visits|LessThanOrEqual|-3|profile.visits <= -3",
        "lifetime_value|GreaterThanOrEqual|0.5|profile.lifetime_value >= 0.5",
        "last_active_at|LessThan|2026-01-01|profile.last_active_at < timestamp(\"2026-01-01T00:00:00Z\")",
        "interests|Contains|news|\"news\" in profile.interests",
      })
  void writes_each_operator(String attribute, RuleOperator operator, String value, String cel) {
    assertThat(cel(all(attribute(attribute, operator, value)))).isEqualTo(cel);
  }

  @Test
  void counts_events() {
    SegmentRules rules =
        all(
            event("order_completed", null, 2, 5),
            event("order_completed", "1h30m", null, 0),
            event(
                "product_viewed",
                null,
                null,
                0,
                new PropertyRule("product_id", RuleOperator.DoesNotExist, null, List.of())),
            event(
                "product_viewed",
                null,
                3,
                null,
                new PropertyRule("quantity", RuleOperator.In, null, List.of("1", "2"))));

    assertThat(cel(rules))
        .isEqualTo(
            """
            events("order_completed").size() >= 2 && events("order_completed").size() <= 5
            && events("order_completed", duration("5400s")).size() == 0
            && !events("product_viewed").exists(e, !has(e.product_id))
            && events("product_viewed").filter(e, has(e.quantity) && e.quantity in [1, 2]).size() >= 3""");
  }

  @Test
  void reports_every_bad_value_by_its_field_and_never_shows_it() {
    SegmentRules rules =
        new SegmentRules(
            List.of(
                attribute("ctiy", RuleOperator.Equal, "x"),
                attribute("lifetime_value", RuleOperator.GreaterThan, "much"),
                attribute("visits", RuleOperator.In, null, "1", "two"),
                attribute("interests", RuleOperator.Equal, "news"),
                event("product_viewd", null, null, null),
                event(
                    "product_viewed",
                    "soon",
                    null,
                    null,
                    new PropertyRule("prise", RuleOperator.Exists, null, List.of()))),
            List.of(segment("rihc")),
            null);

    StructuredRules.Result result = StructuredRules.toCel(rules, Shop.SCHEMA, List.of("rich"));

    assertThat(result.cel()).isNull();
    assertThat(result.problems())
        .extracting(p -> p.field() + ": " + p.problem().message())
        .containsExactly(
            "spec.rules.all[0].attribute: unknown attribute \"ctiy\"",
            "spec.rules.all[1].value: the value is not a Double, as profile.lifetime_value is",
            "spec.rules.all[2].values[1]: the value is not an Integer, as profile.visits is",
            "spec.rules.all[3].operator: Equal cannot be used with a StringList",
            "spec.rules.all[4].event: unknown event \"product_viewd\"",
            "spec.rules.all[5].within: this is not a duration",
            "spec.rules.all[5].where[0].property: unknown property \"prise\" of event"
                + " \"product_viewed\"",
            "spec.rules.any[0].segment: unknown segment \"rihc\"");
  }

  private static String cel(SegmentRules rules) {
    StructuredRules.Result result = StructuredRules.toCel(rules, Shop.SCHEMA, List.of("rich"));
    assertThat(result.problems()).isEmpty();
    assertThat(Shop.compiler().compile(result.cel()).problems()).isEmpty();
    return result.cel();
  }

  private static SegmentRules all(SegmentRule... rules) {
    return new SegmentRules(List.of(rules), null, null);
  }

  private static SegmentRule attribute(
      String name, RuleOperator operator, String value, String... values) {
    return new SegmentRule(
        name, null, null, operator, value, List.of(values), null, null, null, null, null, null);
  }

  private static SegmentRule event(
      String name, String within, Integer atLeast, Integer atMost, PropertyRule... where) {
    return new SegmentRule(
        null, name, null, null, null, null, within, atLeast, atMost, List.of(where), null, null);
  }

  private static SegmentRule segment(String name) {
    return new SegmentRule(null, null, name, null, null, null, null, null, null, null, null, null);
  }
}
