package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How fast one thread answers the content rule of the quickstart and one of two comparisons. */
final class MemoryRules {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("lifetime_value", AttributeType.Double, false),
              new Attribute("last_active_at", AttributeType.Timestamp, false)),
          List.of());
  private static final List<String> RULES =
      List.of(
          "profile.city == \"New York\"",
          "profile.lifetime_value > 5000.0 && profile.last_active_at > now - duration(\"720h\")");
  private static final int PEOPLE = 1000;
  private static final long NANOS = 2_000_000_000L;

  private MemoryRules() {}

  /** The slower of the two. */
  static double perSecond() {
    RuleCompiler compiler = new RuleCompiler(SCHEMA, Map.of());
    Instant now = Instant.parse("2027-03-01T09:00:00Z");
    List<Profile> people = people(now);
    double slowest = Double.MAX_VALUE;
    for (String cel : RULES) {
      Rule rule = compiler.compile(cel).rule();
      rate(rule, people, now); // warms up
      slowest = Math.min(slowest, rate(rule, people, now));
    }
    return slowest;
  }

  private static double rate(Rule rule, List<Profile> people, Instant now) {
    long start = System.nanoTime();
    long answers = 0;
    long members = 0;
    while (System.nanoTime() - start < NANOS) {
      for (Profile person : people) {
        members += rule.evaluate(person, now).isTrue() ? 1 : 0;
      }
      answers += people.size();
    }
    if (members == 0 || members == answers) {
      throw new IllegalStateException("The rule tells nobody apart: " + rule);
    }
    return answers / ((System.nanoTime() - start) / 1e9);
  }

  private static List<Profile> people(Instant now) {
    Random random = new Random(1);
    List<Profile> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(
          new Profile(
              Map.of(
                  "city",
                  random.nextInt(3) == 0 ? "New York" : "Boston",
                  "lifetime_value",
                  10_000 * random.nextDouble(),
                  "last_active_at",
                  now.minus(Duration.ofHours(random.nextInt(2000)))),
              List.of()));
    }
    return people;
  }
}
