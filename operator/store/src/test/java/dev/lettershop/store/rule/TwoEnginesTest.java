package dev.lettershop.store.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.ast.Truth;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Holds memory and SQL to one answer, for random schemas, profiles, events and rules. Each of the
 * {@value #TRIES} tries is a schema with {@value #RULES} rules and {@value #SETS} sets of {@value
 * #PROFILES} profiles: a case is one rule and one set, and there are more than 10,000. Rules and
 * sets share statements, or this would take minutes. The seed of a failure is in its message; there
 * is nothing to shrink, rules and profiles are small.
 */
@Tag("slow")
class TwoEnginesTest {
  private static final int RULES = 130;
  private static final int PROFILES = 10;
  private static final int SETS = 4;
  private static final int TRIES = 20;
  private static final int SOAK_TRIES = 400;
  private static final int RULES_AT_ONCE = 20;

  private static RuleDatabase database;

  @BeforeContainer
  static void start() throws SQLException {
    database = RuleDatabase.create();
  }

  @AfterContainer
  static void stop() throws SQLException {
    database.close();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void every_rule_has_the_same_truth_in_memory_and_in_sql(@ForAll long seed) {
    hold(seed);
  }

  @Property(tries = SOAK_TRIES, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Tag("soak")
  void two_hundred_thousand_cases_do(@ForAll long seed) {
    hold(seed);
  }

  @Example
  void what_the_profile_alone_decides_is_asked_anew_for_each_profile() {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(
                new Attribute("a", AttributeType.Double, false),
                new Attribute("tags", AttributeType.StringList, false)),
            List.of(
                new EventType("order", List.of(new EventProperty("total", AttributeType.Double)))));
    List<RandomProfiles.Stored> profiles = new ArrayList<>();
    for (int id = 1; id <= 9; id++) {
      profiles.add(
          new RandomProfiles.Stored(
              new Profile(
                  Map.of("id", "" + id, "a", 1.0 * id, "tags", List.of("t" + id)),
                  List.of(
                      new Event("order", RandomRules.now().minusSeconds(9), Map.of("total", 10.0)),
                      new Event("order", RandomRules.now().minusSeconds(8), Map.of("total", 20.0))),
                  Map.of()),
              List.of("{\"total\": 10.0}", "{\"total\": 20.0}")));
    }
    database.fill(schema, profiles);
    List<String> differences = new ArrayList<>();
    List<Rule> rules =
        Stream.of(
                "events('order').map(e, e.total + profile.a * 2.0).sum() > 40.0",
                "events('order').map(e, profile.a).avg() + 1.0 > 5.0",
                "events('order').exists(e, e.total > profile.a * 3.0)",
                "events('order').all(e, e.total < profile.a * 3.0)",
                "events('order').exists(e, profile.tags.exists(t, t == 't5'))",
                "events('order').exists(e, e.total > 15.0 && profile.tags.exists(t, t.size() > 1"
                    + " && profile.a + 1.0 > 5.0))",
                "events('order').filter(e, has(e.total) && e.total > profile.a * 3.0).size() == 1",
                "events('order').exists(e, e.total > 15.0 && events('order').filter(f,"
                    + " f.total * 1.0 < e.total - profile.a).size() > 0)")
            .map(cel -> new RuleCompiler(schema, Map.of()).compile(cel))
            .peek(result -> assertThat(result.problems()).isEmpty())
            .map(RuleResult::rule)
            .toList();

    compare(schema, profiles, rules, differences, new int[Truth.values().length]);

    assertThat(differences).isEmpty();
  }

  private static void hold(long seed) {
    Random random = new Random(seed);
    ProfileSchema schema = RandomProfiles.schema(random);
    List<RandomProfiles.Stored> profiles = RandomProfiles.profiles(random, schema, SETS * PROFILES);
    database.fill(schema, profiles);
    List<Rule> rules = rules(random, schema);
    int[] truths = new int[Truth.values().length];
    List<String> differences = new ArrayList<>();
    for (int from = 0; from < RULES; from += RULES_AT_ONCE) {
      List<Rule> some = rules.subList(from, Math.min(RULES, from + RULES_AT_ONCE));
      compare(schema, profiles, some, differences, truths);
    }
    assertThat(differences).isEmpty();
    assertThat(Arrays.stream(truths)).as("each truth is met").allMatch(n -> n > 0);
  }

  private static List<Rule> rules(Random random, ProfileSchema schema) {
    Map<String, String> segments = new TreeMap<>();
    RandomRules simple = new RandomRules(random, schema, List.of());
    for (int i = 0; i < 4; i++) {
      segments.put("s" + i, simple.rule());
    }
    RuleCompiler compiler = new RuleCompiler(schema, segments);
    RandomRules writer = new RandomRules(random, schema, List.copyOf(segments.keySet()));
    List<Rule> rules = new ArrayList<>();
    int refused = 0;
    while (rules.size() < RULES) {
      RuleResult result = compiler.compile(writer.rule());
      if (result.isOk()) {
        rules.add(result.rule());
      } else {
        refused++;
      }
    }
    assertThat(refused).as("refused rules").isLessThan(RULES);
    return rules;
  }

  private static void compare(
      ProfileSchema schema,
      List<RandomProfiles.Stored> profiles,
      List<Rule> rules,
      List<String> differences,
      int[] truths) {
    Instant now = RandomRules.now();
    List<List<RuleDatabase.Answer>> answers = database.answers(schema, rules, now);
    for (int p = 0; p < profiles.size(); p++) {
      Profile profile = profiles.get(p).inMemory();
      for (int r = 0; r < rules.size(); r++) {
        Truth truth = rules.get(r).evaluate(profile, now);
        truths[truth.ordinal()]++;
        RuleDatabase.Answer sql = answers.get(p).get(r);
        boolean same = sql.truth() == truth && sql.member() == truth.isTrue();
        if (!same && differences.size() < 5) {
          differences.add(
              rules.get(r).source() + "\n  " + profile + "\n  memory " + truth + ", SQL " + sql);
        }
      }
    }
  }
}
