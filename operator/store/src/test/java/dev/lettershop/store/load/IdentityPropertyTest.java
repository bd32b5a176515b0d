package dev.lettershop.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is one person, found by the store, beside the textbook's union-find over all rows. */
class IdentityPropertyTest {

  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());

  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  private static final class Persons {
    private final Map<String, String> parents = new HashMap<>();

    String of(String identity) {
      String parent = parents.computeIfAbsent(identity, i -> i);
      return parent.equals(identity) ? identity : of(parent);
    }

    void join(String one, String other) {
      parents.put(of(one), of(other));
    }

    Set<Set<String>> all() {
      Map<String, Set<String>> groups = new HashMap<>();
      for (String identity : List.copyOf(parents.keySet())) {
        groups.computeIfAbsent(of(identity), i -> new HashSet<>()).add(identity);
      }
      return new HashSet<>(groups.values());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void personsAreWhatIdentitiesConnectHoweverRowsAreSpreadOverLoads(long seed) {
    tables.clear();
    Random random = new Random(seed);
    Persons persons = new Persons();
    int pool = 5 + random.nextInt(60);
    for (int batch = 0; batch < 4; batch++) {
      if (random.nextInt(3) == 0) {
        loadEvents(random, persons, pool);
      }
      loadProfiles(random, persons, pool);
    }

    Map<Long, Set<String>> stored = new HashMap<>();
    tables
        .rows("select profile_id, kind || '=' || value from identity")
        .forEach(
            r ->
                stored
                    .computeIfAbsent(r.get(0, Long.class), id -> new HashSet<>())
                    .add(r.get(1, String.class)));
    assertThat(new HashSet<>(stored.values())).isEqualTo(persons.all());
    assertThat(tables.texts("select id::text from profile"))
        .containsExactlyInAnyOrderElementsOf(
            stored.keySet().stream().map(String::valueOf).toList());
    assertThat(
            tables.count(
                """
                select count(*) from event e
                where not exists (select from identity i where i.profile_id = e.profile_id
                                    and i.value = e.properties ->> 'who')
                """))
        .isZero();
  }

  private static void loadProfiles(Random random, Persons persons, int pool) {
    List<LoadedProfile> rows = new ArrayList<>();
    for (int i = 0; i < random.nextInt(80); i++) {
      String key = random.nextInt(4) == 0 ? null : "k" + random.nextInt(pool);
      String email = random.nextInt(4) == 0 ? null : "e" + random.nextInt(pool) + "@example.com";
      if (key == null && email == null) {
        continue;
      }
      if (key != null && email != null) {
        persons.join("key=" + key, "email=" + email);
      } else {
        persons.of(key != null ? "key=" + key : "email=" + email);
      }
      Map<String, Object> attributes = email == null ? Map.of() : Map.of("email", email);
      rows.add(new LoadedProfile("t", key, attributes, Map.of()));
    }
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "key", List.of("email"))) {
      rows.forEach(load::add);
      load.commit();
    }
  }

  private static void loadEvents(Random random, Persons persons, int pool) {
    try (EventLoad load = store.loadEvents("web", "key")) {
      for (int i = 0; i < 10; i++) {
        String key = "k" + random.nextInt(pool);
        persons.of("key=" + key);
        load.add(new LoadedEvent("t", null, key, "seen", Instant.EPOCH, Map.of("who", key)));
      }
      load.commit();
    }
  }
}
