package dev.lettershop.store.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.ModelOutput;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the examples of the documentation. */
class RuleReferenceTest {
  private static final Path DOCS = Path.of("../../docs");
  private static final Pattern EXAMPLE =
      Pattern.compile("^(.*\\S)\\s+// (true|false|unknown)$", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("first_name", AttributeType.String, true),
              new Attribute("city", AttributeType.String, false),
              new Attribute("country", AttributeType.String, false),
              new Attribute("vip", AttributeType.Boolean, false),
              new Attribute("visits", AttributeType.Integer, false),
              new Attribute("lifetime_value", AttributeType.Double, false),
              new Attribute("last_active_at", AttributeType.Timestamp, false),
              new Attribute("birthday", AttributeType.Timestamp, false),
              new Attribute("interests", AttributeType.StringList, false)),
          List.of(
              new EventType(
                  "product_viewed",
                  List.of(
                      new EventProperty("price", AttributeType.Double),
                      new EventProperty("quantity", AttributeType.Integer),
                      new EventProperty("category", AttributeType.String))),
              new EventType(
                  "order_completed", List.of(new EventProperty("total", AttributeType.Double)))));
  private static final RuleCompiler COMPILER =
      new RuleCompiler(
          SCHEMA, Map.of("good-customers", "profile.vip && profile.lifetime_value > 5000"));

  private static final RandomProfiles.Stored ADA =
      new RandomProfiles.Stored(
          new Profile(
              Map.ofEntries(
                  Map.entry("id", "1"),
                  Map.entry("email", "ada@example.com"),
                  Map.entry("first_name", "Ada"),
                  Map.entry("city", "New York"),
                  Map.entry("vip", true),
                  Map.entry("visits", 3L),
                  Map.entry("lifetime_value", 6000.0),
                  Map.entry("interests", List.of("news", "shoes")),
                  Map.entry("last_active_at", Instant.parse("2026-10-30T09:30:00Z")),
                  Map.entry("birthday", Instant.parse("1990-11-05T00:00:00Z")),
                  Map.entry("time_zone", "America/New_York"),
                  Map.entry("created_at", Instant.parse("2025-11-05T10:00:00Z")),
                  Map.entry("updated_at", Instant.parse("2026-10-30T09:30:00Z"))),
              List.of(
                  new Event(
                      "product_viewed",
                      Instant.parse("2026-11-02T11:00:00Z"),
                      Map.of("price", 120.0, "quantity", 2L, "category", "shoes")),
                  new Event(
                      "product_viewed",
                      Instant.parse("2026-10-30T12:00:00Z"),
                      Map.of("price", 19.5, "quantity", 1L)),
                  new Event(
                      "order_completed",
                      Instant.parse("2026-10-20T08:00:00Z"),
                      Map.of("total", 80.0)),
                  new Event(
                      "order_completed",
                      Instant.parse("2026-09-01T08:00:00Z"),
                      Map.of("total", 240.0)),
                  new Event(
                      "email_sent",
                      Instant.parse("2026-10-12T06:30:00Z"),
                      Map.of("campaign", "autumn-sale", "run", "r1", "variant", "b")),
                  new Event(
                      "email_opened",
                      Instant.parse("2026-10-12T07:00:00Z"),
                      Map.of("campaign", "autumn-sale", "run", "r1", "verdict", "Prefetch")),
                  new Event(
                      "email_clicked",
                      Instant.parse("2026-10-12T09:00:00Z"),
                      Map.of(
                          "campaign", "autumn-sale", "run", "r1", "verdict", "Human", "link", 2L))),
              Map.of(
                  "churn",
                  new ModelOutput(0.7, null),
                  "customers",
                  new ModelOutput(null, "loyal"),
                  "offers",
                  new ModelOutput(null, "discount"))),
          List.of(
              "{\"price\": 120.0, \"quantity\": 2, \"category\": \"shoes\"}",
              "{\"price\": 19.5, \"quantity\": 1}",
              "{\"total\": 80.0}",
              "{\"total\": 240.0}",
              "{\"campaign\": \"autumn-sale\", \"run\": \"r1\", \"variant\": \"b\"}",
              "{\"campaign\": \"autumn-sale\", \"run\": \"r1\", \"verdict\": \"Prefetch\"}",
              "{\"campaign\": \"autumn-sale\", \"run\": \"r1\", \"verdict\": \"Human\","
                  + " \"link\": 2}"));

  @Test
  void every_example_of_the_reference_has_the_answer_that_it_says_in_both_engines()
      throws Exception {
    List<Rule> rules = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(DOCS.resolve("rules.md")));
    while (example.find()) {
      rules.add(compiled(example.group(1)));
      said.add(example.group(1) + " is " + example.group(2));
    }
    List<RuleDatabase.Answer> answers;
    try (RuleDatabase database = RuleDatabase.create()) {
      database.fill(SCHEMA, List.of(ADA));
      answers = database.answers(SCHEMA, rules, NOW).get(0);
    }
    List<String> inMemory = new ArrayList<>();
    List<String> inSql = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      String source = rules.get(i).source();
      inMemory.add(said(source, rules.get(i).evaluate(ADA.inMemory(), NOW).name()));
      inSql.add(said(source, answers.get(i).truth().name()));
    }

    assertThat(said).hasSizeGreaterThan(60);
    assertThat(inMemory).isEqualTo(said);
    assertThat(inSql).isEqualTo(said);
  }

  private static String said(String source, String truth) {
    return source + " is " + truth.toLowerCase(Locale.ROOT);
  }

  @Test
  void every_rule_for_those_who_come_from_other_tools_compiles() throws IOException {
    int rules = 0;
    for (String line : Files.readAllLines(DOCS.resolve("from-other-tools.md"))) {
      String[] cells = line.replace("\\|", "\u0001").split("\\|");
      if (cells.length != 3 || cells[2].isBlank() || cells[2].contains("---")) {
        continue;
      }
      Matcher code = CODE.matcher(cells[2].replace("\u0001", "|"));
      while (code.find()) {
        if (code.group(1).length() > 2) {
          compiled(code.group(1));
          rules++;
        }
      }
    }
    assertThat(rules).isGreaterThan(40);
  }

  private static Rule compiled(String cel) {
    RuleResult result = COMPILER.compile(cel);
    assertThat(result.problems()).as(cel).isEmpty();
    return result.rule();
  }
}
