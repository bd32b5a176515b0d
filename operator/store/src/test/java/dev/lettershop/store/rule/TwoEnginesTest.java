package dev.lettershop.store.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.Truth;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds memory and SQL to one answer, for random schemas, profiles, events and rules. */
class TwoEnginesTest {
  private static final int SCHEMAS = Integer.getInteger("lettershop.rules.schemas", 12);
  private static final int RULES = 60;
  private static final int PROFILES = 12;
  private static final int RULES_AT_ONCE = 20;
  private static final long SEED = Long.getLong("lettershop.rules.seed", 20261102L);

  private static RuleDatabase database;

  @BeforeAll
  static void start() throws SQLException {
    database = RuleDatabase.create();
  }

  @AfterAll
  static void stop() throws SQLException {
    database.close();
  }

  @Test
  void every_rule_has_the_same_truth_in_memory_and_in_sql() {
    List<String> differences = new ArrayList<>();
    int[] truths = new int[Truth.values().length];
    for (int i = 0; i < SCHEMAS; i++) {
      Random random = new Random(SEED + i);
      ProfileSchema schema = RandomProfiles.schema(random);
      List<RandomProfiles.Stored> profiles = RandomProfiles.profiles(random, schema, PROFILES);
      database.fill(schema, profiles);
      RuleCompiler compiler = new RuleCompiler(schema, Map.of());
      List<Rule> rules = new ArrayList<>();
      RandomRules writer = new RandomRules(random, schema);
      while (rules.size() < RULES) {
        RuleResult result = compiler.compile(writer.rule());
        if (result.isOk()) {
          rules.add(result.rule());
        }
      }
      for (int from = 0; from < RULES; from += RULES_AT_ONCE) {
        compare(
            schema,
            profiles,
            rules.subList(from, Math.min(RULES, from + RULES_AT_ONCE)),
            differences,
            truths);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(Arrays.stream(truths)).as("each truth is met often").allMatch(n -> n > 100);
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
        boolean same =
            sql.truth() == truth
                && sql.member() == truth.isTrue()
                && sql.notMember() != truth.isTrue();
        if (!same && differences.size() < 5) {
          differences.add(
              rules.get(r).source() + "\n  " + profile + "\n  memory " + truth + ", SQL " + sql);
        }
      }
    }
  }
}
