package dev.lettershop.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Several sources about the same people, in every order in which they may arrive. */
class ArrivalOrderPropertyTest {

  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("orders", AttributeType.Integer, false),
              new Attribute("tags", AttributeType.StringList, false)),
          List.of());

  private static Store store;
  private static StoreTables tables;

  @BeforeContainer
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
  }

  @AfterContainer
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  private record Source(
      String name, String key, List<String> alsoMatch, int precedence, List<LoadedProfile> rows) {}

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void profilesAreTheSameInWhateverOrderSourcesArrive(@ForAll @LongRange(min = 0) long seed) {
    check(seed);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  @Tag("soak")
  void theSameForManyMoreSources(@ForAll @LongRange(min = 0) long seed) {
    check(seed);
  }

  private static void check(long seed) {
    Random random = new Random(seed);
    List<Source> sources = sources(random);
    List<String> expected = outcome(sources);
    for (int order = 0; order < 3; order++) {
      List<Source> shuffled = new ArrayList<>(sources);
      Collections.shuffle(shuffled, random);
      // Reading one again, with nothing new in it, is no news either.
      shuffled.add(shuffled.get(0));

      assertThat(outcome(shuffled)).isEqualTo(expected);
    }
  }

  /** Every profile by its values and identities, without the numbers that the store gives. */
  private static List<String> outcome(List<Source> sources) {
    tables.clear();
    for (Source source : sources) {
      try (ProfileLoad load =
          store.loadProfiles(
              source.name(),
              SCHEMA,
              source.key(),
              source.alsoMatch(),
              source.precedence(),
              Continuation.FromStart)) {
        source.rows().forEach(load::add);
        load.commit();
      }
    }
    return tables.texts(
        """
        select concat_ws('|', email, email_key, city, orders, tags, extra,
          (select string_agg(kind || '=' || value, ',' order by kind, value)
           from identity i where i.profile_id = p.id))
        from profile p order by 1
        """);
  }

  private static List<Source> sources(Random random) {
    List<Source> sources = new ArrayList<>();
    int people = 3 + random.nextInt(25);
    for (int i = 0; i < 2 + random.nextInt(3); i++) {
      // Two systems with the same kind of key, and others with their own.
      String key = random.nextBoolean() ? "customer_id" : "key_" + i;
      List<LoadedProfile> rows = new ArrayList<>();
      for (int row = 0; row < random.nextInt(30); row++) {
        rows.add(row(random, people));
      }
      sources.add(new Source("source-" + i, key, List.of("email"), 100 + random.nextInt(2), rows));
    }
    return sources;
  }

  private static LoadedProfile row(Random random, int people) {
    Map<String, Object> values = new HashMap<>();
    int who = random.nextInt(people);
    if (random.nextInt(3) > 0) {
      int whose = random.nextInt(8) == 0 ? random.nextInt(people) : who;
      values.put("email", (random.nextBoolean() ? "p" : "P") + whose + "@example.com");
    }
    if (random.nextBoolean()) {
      values.put("city", "City " + random.nextInt(5));
    }
    if (random.nextBoolean()) {
      values.put("orders", (long) random.nextInt(5));
    }
    if (random.nextBoolean()) {
      values.put("tags", List.of("t" + random.nextInt(5), "a,\"b"));
    }
    Instant asOf =
        random.nextInt(3) == 0 ? null : Instant.ofEpochSecond(1_700_000_000L + random.nextInt(5));
    Map<String, Object> extra =
        random.nextInt(3) == 0 ? Map.of("card", (long) random.nextInt(5)) : Map.of();
    String key = values.containsKey("email") && random.nextInt(6) == 0 ? null : "k" + who;
    return new LoadedProfile("t", key, asOf, values, extra);
  }
}
