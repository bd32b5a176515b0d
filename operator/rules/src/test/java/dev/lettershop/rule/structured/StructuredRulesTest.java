package dev.lettershop.rule.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.segment.PropertyRule;
import dev.lettershop.api.v1alpha1.segment.RuleOperator;
import dev.lettershop.api.v1alpha1.segment.SegmentRule;
import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.api.v1alpha1.segment.SegmentTerm;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.Shop;
import java.util.List;
import java.util.Map;
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
            events("order_completed").size() >= 2
            && events("order_completed").size() <= 5
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

    RuleResult result = compile(rules);

    assertThat(result.isOk()).isFalse();
    assertThat(result.findings())
        .filteredOn(p -> p.problem().isError())
        .extracting(p -> p.field() + ": " + p.problem().message())
        .containsExactly(
            "rules.all[0].attribute: unknown attribute \"ctiy\"",
            "rules.all[1].value: the value is not a Double, as profile.lifetime_value is",
            "rules.all[2].values[1]: the value is not an Integer, as profile.visits is",
            "rules.all[3].operator: Equal cannot be used with a StringList",
            "rules.all[4].event: unknown event \"product_viewd\"",
            "rules.all[5].within: this is not a duration",
            "rules.all[5].where[0].property: unknown property \"prise\" of event"
                + " \"product_viewed\"",
            "rules.any[0].segment: unknown segment \"rihc\"");
  }

  @Test
  void warns_of_events_without_a_time_and_refuses_circles_where_they_are_written() {
    RuleCompiler compiler =
        new RuleCompiler(
            Shop.SCHEMA,
            Map.of("other", "inSegment(\"tested\")"),
            Map.of(
                "tested", all(event("order_completed", null, 1, null), segment("other")),
                "timed", all(event("order_completed", "30d", 1, null))),
            "");

    assertThat(compiler.compileNamed("tested").findings())
        .extracting(p -> p.problem().severity() + " " + p.field() + ": " + p.problem().message())
        .containsExactly(
            "Warning rules.all[0].event: every \"order_completed\" that there ever was is looked"
                + " at, for all profiles",
            "Error rules.all[1].segment: segments refer to each other in a circle: tested → other"
                + " → tested");
    assertThat(compiler.compileNamed("tested").segments()).containsExactly("other", "tested");
    assertThat(compiler.compileNamed("timed").findings()).isEmpty();
    assertThat(compiler.compile("inSegment(\"timed\")").isOk()).isTrue();
  }

  @Test
  void looks_into_lists_of_events_in_a_slot_of_their_own() {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(),
            List.of(
                new EventType(
                    "read", List.of(new EventProperty("tags", AttributeType.StringList)))));
    SegmentRules rules =
        all(
            event(
                "read",
                "1d",
                null,
                null,
                new PropertyRule("tags", RuleOperator.In, null, List.of("news", "shoes"))));
    RuleResult result =
        new RuleCompiler(schema, Map.of(), Map.of("tested", rules), "").compileNamed("tested");

    assertThat(result.rule().source())
        .isEqualTo(
            "events(\"read\", duration(\"24h\")).exists(e, has(e.tags) && e.tags.exists(e1, e1 in"
                + " [\"news\", \"shoes\"]))");
    assertThat(new RuleCompiler(schema, Map.of()).compile(result.rule().source()).rule().expr())
        .isEqualTo(result.rule().expr());
  }

  @ParameterizedTest
  @CsvSource({
    "first_name, Exists, false, true",
    "first_name, Equal, true, false",
    "first_name, StartsWith, true, false",
    "phone, Equal, false, true",
    "phone, NotIn, false, true",
    "phone, Contains, true, false",
  })
  void refuses_what_the_database_cannot_answer_of_encrypted_attributes(
      String attribute, RuleOperator operator, boolean refused, boolean taken) {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(
                new Attribute("first_name", AttributeType.String, true),
                new Attribute("phone", AttributeType.String, true, true)),
            List.of(),
            true);
    RuleResult result =
        new RuleCompiler(
                schema,
                Map.of(),
                Map.of("tested", all(attribute(attribute, operator, "x", "x"))),
                "")
            .compileNamed("tested");

    assertThat(result.isOk()).isEqualTo(taken);
    assertThat(result.findings())
        .extracting(FieldProblem::field)
        .isEqualTo(refused ? List.of("rules.all[0].operator") : List.of());
  }

  /** The text that the rules read as; it compiles to the very same tree. */
  private static String cel(SegmentRules rules) {
    RuleResult result = compile(rules);
    assertThat(result.problems()).filteredOn(Problem::isError).isEmpty();
    String text = result.rule().source();
    assertThat(Shop.rule(text).expr()).isEqualTo(result.rule().expr());
    return text;
  }

  private static RuleResult compile(SegmentRules rules) {
    return new RuleCompiler(
            Shop.SCHEMA,
            Map.of("rich", "profile.lifetime_value > 5000.0"),
            Map.of("tested", rules),
            "")
        .compileNamed("tested");
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
