package dev.lettershop.store.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Formula;
import dev.lettershop.rule.FormulaResult;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.store.encryption.Vault;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What is asked as of a moment must not depend on what happened after it: in memory, in SQL, and in
 * the one pass that reads all features.
 */
class AsOfTest {
  private static final int FORMULAS = 60;
  private static final int PROFILES = 20;
  private static final Instant NOW = RandomRules.now();

  private static RuleDatabase database;

  @BeforeContainer
  static void start() throws SQLException {
    database = RuleDatabase.create();
  }

  @AfterContainer
  static void stop() throws SQLException {
    database.close();
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void events_from_the_moment_on_change_no_answer(@ForAll long seed) {
    Random random = new Random(seed);
    ProfileSchema schema = RandomProfiles.schema(random);
    Map<String, String> segments = new TreeMap<>();
    segments.put("s0", new RandomRules(random, schema, List.of()).rule());
    RuleCompiler compiler = new RuleCompiler(schema, segments);
    RandomRules writer = new RandomRules(random, schema, List.of("s0"));
    List<Formula> formulas =
        sound(writer::number, cel -> compiler.compileFormula(cel), FormulaResult::formula);
    List<Rule> rules = sound(writer::rule, compiler::compileAsOf, RuleResult::rule);
    List<RandomProfiles.Stored> later = RandomProfiles.profiles(random, schema, PROFILES);
    List<RandomProfiles.Stored> then = later.stream().map(AsOfTest::withoutTheFuture).toList();
    assertThat(then).as("there is a future to leave out").isNotEqualTo(later);

    database.fill(schema, then);
    List<List<Double>> features = features(schema, formulas);
    List<List<RuleDatabase.Answer>> answers = database.answers(schema, rules, NOW);
    database.fill(schema, later);

    assertThat(features(schema, formulas)).isEqualTo(features);
    assertThat(database.answers(schema, rules, NOW)).isEqualTo(answers);
    for (int p = 0; p < PROFILES; p++) {
      for (int f = 0; f < FORMULAS; f++) {
        OptionalDouble number = formulas.get(f).evaluate(later.get(p).inMemory(), NOW);
        assertThat(features.get(p).get(f))
            .as("%s of %s", formulas.get(f), later.get(p).inMemory())
            .isEqualTo(number.isEmpty() ? null : (Double) number.getAsDouble());
        assertThat(rules.get(f).evaluate(later.get(p).inMemory(), NOW))
            .as("%s of %s", rules.get(f), later.get(p).inMemory())
            .isEqualTo(answers.get(p).get(f).truth());
      }
    }
  }

  @Example
  void figures_asked_of_each_element_of_a_list_are_known_too() {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(new Attribute("tags", AttributeType.StringList, false)),
            List.of(
                new EventType("order", List.of(new EventProperty("total", AttributeType.Double)))));
    Event order = new Event("order", NOW.minusSeconds(60), Map.of("total", -0.0));
    database.fill(
        schema,
        List.of(
            new RandomProfiles.Stored(
                new Profile(Map.of("id", "1", "tags", List.of("vip")), List.of(order)),
                List.of("{\"total\": -0.0}"))));
    RuleCompiler compiler = new RuleCompiler(schema, Map.of());
    List<Formula> formulas =
        Stream.of(
                "profile.tags.exists(t, events('order').size() == 1)",
                "profile.tags.exists(t, events('order').exists(e, e.total == 0.0))",
                "events('order').map(e, e.total).min()")
            .map(cel -> compiler.compileFormula(cel).formula())
            .toList();

    assertThat(features(schema, formulas)).containsExactly(List.of(1.0, 1.0, 0.0));
  }

  private static RandomProfiles.Stored withoutTheFuture(RandomProfiles.Stored stored) {
    List<Event> events = new ArrayList<>();
    List<String> json = new ArrayList<>();
    Profile profile = stored.inMemory();
    for (int i = 0; i < profile.events().size(); i++) {
      if (profile.events().get(i).occurredAt().isBefore(NOW)) {
        events.add(profile.events().get(i));
        json.add(stored.json().get(i));
      }
    }
    return new RandomProfiles.Stored(
        new Profile(profile.attributes(), events, profile.models()), json);
  }

  private static <R, T> List<T> sound(
      java.util.function.Supplier<String> writer,
      Function<String, R> compiler,
      Function<R, T> sound) {
    List<T> all = new ArrayList<>();
    int refused = 0;
    while (all.size() < FORMULAS) {
      T made = sound.apply(compiler.apply(writer.get()));
      if (made == null) {
        refused++;
      } else {
        all.add(made);
      }
    }
    assertThat(refused).as("refused").isLessThan(FORMULAS);
    return all;
  }

  private static List<List<Double>> features(ProfileSchema schema, List<Formula> formulas) {
    Rule everybody = new RuleCompiler(schema, Map.of()).compileAsOf("true").rule();
    return database.numbers(
        new FeatureSql(schema, Vault.NONE)
            .query(new FeatureSql.Question(everybody, formulas, NOW, null, null)));
  }
}
