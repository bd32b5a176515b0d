package dev.lettershop.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.Truth;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "profile.ctiy == 'x'|1:9|unknown attribute \"ctiy\"|did you mean \"city\"?",
        "has(profile.ctiy)|1:13|unknown attribute \"ctiy\"|did you mean \"city\"?",
        "city == 'x'|1:1|unknown name \"city\"|write profile.city",
        "proflie.city == 'x'|1:1|unknown name \"proflie\"|did you mean \"profile\"?",
        "events('product_viwed').size() > 1|1:8|unknown event \"product_viwed\"|did you mean \"product_viewed\"?",
        "events('product_viewed').exists(e, e.prise > 1)|1:38|unknown property \"prise\" of event \"product_viewed\"|did you mean \"price\"?",
        "inSegment('rihc')|1:1|unknown segment \"rihc\"|did you mean \"rich\"?",
        "profile.city.startWith('x')|1:14|unknown function \"startWith\"|did you mean \"startsWith\"?",
        "profile.city == 5.0|1:14|cannot compare profile.city (a String) with a Double|write \"5.0\" in quotes",
        "profile.lifetime_value > '5'|1:24|cannot compare profile.lifetime_value (a Double) with a String|write a number without quotes",
        "profile.last_active_at > '2026-01-01'|1:24|cannot compare profile.last_active_at (a Timestamp) with a String|write timestamp(\"2027-03-01T09:00:00Z\")",
        "profile.interests == 'news'|1:19|cannot compare profile.interests (a StringList) with a String|write \"news\" in profile.interests",
        "profile.lifetime_value > profile.visits|1:24|cannot compare profile.lifetime_value (a Double) with profile.visits (an Integer)|write double(…) around the Integer",
        "profile.lifetime_value * 2 > 1.0|1:24|cannot multiply profile.lifetime_value (a Double) and an Integer|write 2.0",
        "profile.city|1:1|expected a Boolean (true or false), found profile.city (a String)|compare it with something, using == or >",
        "profile.vip && profile.visits|1:16|expected a Boolean (true or false), found profile.visits (an Integer)|compare it with something, using == or >",
        "profile.vip > true|1:13|a Boolean cannot be compared in this way|use == or !=",
        "profile.city.contains(5)|1:23|expected a String, found an Integer|write string(…) around it",
        "profile.city = 'x'|1:14|cannot read the expression at \"=\"|write == to compare",
        "profile.vip and true|1:13|cannot read the expression at \"and\"|write && instead of and",
        "not profile.vip|1:5|cannot read the expression at \"profile\"|write ! instead of not",
        "(profile.vip|1:13|the expression ends too early|complete it, or close what is open: a parenthesis, a bracket or a quote",
        "profile.city == null|1:17|null is not supported: a missing value is unknown|ask has(profile.attribute)",
        "profile['city'] == 'x'|1:1|[ ] cannot be used in a rule|write profile.city instead of profile[\"city\"]",
        "profile.last_active_at.getHours('Europe/Berln') > 5|1:33|unknown time zone \"Europe/Berln\"|did you mean \"Europe/Berlin\"?",
        "profile.last_active_at.getHours('+02:00') > 5|1:33|unknown time zone \"+02:00\"|write the name of a place, such as \"Europe/Berlin\", or \"Etc/GMT-2\" for +02:00",
        "profile.city.getHours() > 5|1:1|expected a Timestamp, found profile.city (a String)|",
        "profile.city.substring(1) == 'x'|1:14|substring cannot be used in a rule: it has no equivalent in the database|use startsWith, endsWith or matches",
        "isAnniversary(profile.last_active_at, 400)|1:39|the days must be a constant from -365 to 365|as in isAnniversary(profile.created_at, 7)",
        "events('product_viewed', profile.created_at, now).size() > 0|1:26|the time in which events are looked for must be the same for everybody|write .filter(e, e.occurred_at > profile.created_at) behind events(…)",
        "events('product_viewed', duration('24h')).last() == 1|1:1|an event is not a value|name one of its properties, as in .last().occurred_at",
        "last(events('product_viewed', duration('24h'))).prise > 1|1:49|unknown property \"prise\" of event \"product_viewed\"|did you mean \"price\"?",
        "score('Churn!') > 0.5|1:7|this is not a name of a Model|write 1 to 63 of a-z, 0-9 and -, as in score(\"churn\")",
        "score('churn') == 'high'|1:16|cannot compare a Double with a String|write a number without quotes",
        "profile.last_active_at > now - duration('30d')|1:41|CEL's durations have no days|write duration(\"720h\")",
        "now > timestamp('2026-11-01')|1:17|this is not a moment as RFC 3339 writes it|write \"2026-11-01T00:00:00Z\"",
        "profile.city.matches('(?i)x')|1:22|the pattern uses (?…), which the database understands differently|for upper and lower case, write text.lowerAscii().matches(\"…\")",
        "events('product_viewed')|1:1|a list of events is not a value|ask something of it: .exists(e, …), .all(e, …), .size() > 0 or .map(e, e.price).sum()",
        "events('product_viewed').map(e, e.product_id).sum() > 1|1:47|sum needs numbers, found \"product_id\" (a String)|",
        "events('order_completed', duration('0s')).size() > 1|1:27|the duration must be longer than 0|",
        "99999999999999999999 > profile.visits|1:1|the number does not fit into 64 bits|write a number from -9223372036854775808 to 9223372036854775807",
      })
  void names_the_place_the_fault_and_the_fix(
      String cel, String position, String message, String fix) {
    assertThat(Shop.compiler().compile(cel).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.position()).hasToString(position);
              assertThat(problem.message()).isEqualTo(message);
              assertThat(problem.fix()).isEqualTo(fix);
            });
  }

  @Test
  void finds_all_faults_at_once_in_the_order_of_the_text() {
    RuleResult result =
        Shop.compiler()
            .compile(
                """
                profile.ctiy == "x" && profile.lifetime > 5.0
                || events("prodct_viewed").exists(e, e.anything > 1.0 && profile.vpi)
                || events("product_viewed").exists(e, e.prise > 1.0 && profile.city > 1)
                """);

    assertThat(result.rule()).isNull();
    assertThat(result.problems())
        .extracting(Problem::position)
        .containsExactly(
            new Position(1, 9),
            new Position(1, 32),
            new Position(2, 11),
            new Position(2, 66),
            new Position(3, 41),
            new Position(3, 69));
  }

  @Test
  void counts_columns_in_utf16_units_as_editors_do() {
    RuleResult result = Shop.compiler().compile("profile.city == '😀' && profile.x");

    assertThat(result.problems())
        .extracting(Problem::position)
        .containsExactly(new Position(1, 33));
  }

  @Test
  void segments_that_refer_to_each_other_in_a_circle_are_refused() {
    RuleCompiler compiler =
        new RuleCompiler(
            Shop.SCHEMA,
            Map.of(
                "a", "inSegment('b')",
                "b", "profile.vip && inSegment('c')",
                "c", "inSegment('a') || profile.vip",
                "outside", "inSegment('a')"));

    assertThat(compiler.compileNamed("a").problems())
        .extracting(Problem::message)
        .containsExactly("segments refer to each other in a circle: a → b → c → a");
    assertThat(compiler.compileNamed("outside").problems())
        .extracting(Problem::message)
        .containsExactly("segments refer to each other in a circle: a → b → c → a");
  }

  @Test
  void a_segment_with_errors_is_named_where_it_is_used() {
    RuleCompiler compiler =
        new RuleCompiler(Shop.SCHEMA, Map.of("bad", "profile.x", "torn", "profile."));

    assertThat(compiler.compile("inSegment('bad') || inSegment('torn')").problems())
        .extracting(Problem::message)
        .containsExactly("segment \"bad\" has errors", "segment \"torn\" has errors");
  }

  @Test
  void a_variable_of_the_outer_list_can_be_used_beside_a_segment_with_lists_of_its_own() {
    RuleCompiler compiler =
        new RuleCompiler(
            Shop.SCHEMA, Map.of("viewer", "events('product_viewed').exists(v, v.price < 1.0)"));

    Rule rule =
        compiler
            .compile("events('product_viewed').exists(e, inSegment('viewer') && e.price > 100.0)")
            .rule();

    assertThat(rule.evaluate(Shop.ADA, Shop.NOW)).isEqualTo(Truth.True);
  }

  @Test
  void too_long_too_large_and_too_deep_are_refused() {
    String longText = "profile.city == '" + "x".repeat(Limits.EXPRESSION_LENGTH) + "'";
    String wide =
        IntStream.range(0, 200)
            .mapToObj(i -> "profile.visits == " + i)
            .collect(Collectors.joining(" || "));
    String deep = "!(profile.vip || ".repeat(70) + "true" + ")".repeat(70);
    String veryDeep = "(".repeat(4000) + "true" + ")".repeat(4000);

    for (String cel : List.of(longText, wide, deep, veryDeep)) {
      assertThat(Shop.compiler().compile(cel).problems()).as(cel.substring(0, 20)).hasSize(1);
    }
  }

  @Test
  void segments_that_double_at_each_step_are_refused_before_they_fill_the_memory() {
    Map<String, String> segments = new HashMap<>();
    segments.put("s0", "profile.vip");
    for (int i = 1; i <= 40; i++) {
      segments.put("s" + i, "inSegment('s" + (i - 1) + "') || inSegment('s" + (i - 1) + "')");
    }

    RuleResult result = new RuleCompiler(Shop.SCHEMA, segments).compileNamed("s40");

    assertThat(result.isOk()).isFalse();
  }

  @Test
  void a_hundred_conditions_in_a_row_are_not_too_deep() {
    String cel = String.join(" && ", Collections.nCopies(120, "profile.vip"));

    assertThat(Shop.compiler().compile(cel).problems()).isEmpty();
  }
}
