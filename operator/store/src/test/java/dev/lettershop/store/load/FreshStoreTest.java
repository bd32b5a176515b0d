package dev.lettershop.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever takes the short way into an empty store arrives at the same place. */
class FreshStoreTest {

  private static final int ROWS = 30_000;
  private static final Instant START = Instant.now().minus(Duration.ofDays(50));
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("spent", AttributeType.Double, false)),
          List.of());
  private static final List<String> QUERIES =
      List.of(
          """
          select i.identities, p.email, p.email_key, p.city, p.spent, p.extra::text
          from profile p left join (
            select profile_id, string_agg(kind || '=' || value, ',' order by kind, value)
              as identities
            from identity group by 1) i on i.profile_id = p.id
          where p.city is distinct from 'elsewhere' order by 1
          """,
          "select action, count(*) from audit group by 1",
          "select field, position from quarantine order by 2",
          // Of one record only, the profile itself says the same.
          """
          select c.key, c.attributes::text, c.extra::text from contribution c
          where exists (select from contribution o
                        where o.profile_id = c.profile_id and o.key <> c.key)
          order by 1, 2
          """);

  /** One row in four shares an identity with another; some hold what cannot be stored. */
  private static LoadedProfile row(int i, Random random) {
    Map<String, Object> values = new HashMap<>();
    boolean shares = i % 4 == 0;
    String key = i % 7 == 0 ? null : "c" + (shares ? random.nextInt(ROWS) : i);
    int mailbox = shares ? random.nextInt(ROWS) : i;
    if (key == null || i % 5 > 0) {
      values.put("email", i % 500 == 3 ? "no address " + i : "P" + mailbox + "@example.com");
    }
    if (i % 3 > 0) {
      values.put("city", i % 1000 == 7 ? "nul \0" : "city\t" + i);
    }
    values.put("spent", i / 8.0);
    return new LoadedProfile("crm:" + i, key, values, i % 11 == 0 ? Map.of("n", i) : Map.of());
  }

  private static LoadCounts load(Store store) {
    Random random = new Random(11);
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of("email"))) {
      for (int i = 0; i < ROWS; i++) {
        load.add(row(i, random));
      }
      return load.commit();
    }
  }

  @Test
  void theResultIsThatOfTheLongWay() throws Exception {
    StoreSettings empty = TestServer.newDatabase();
    StoreSettings known = TestServer.newDatabase();
    try (Store fresh = Store.open(empty);
        Store other = Store.open(known);
        StoreTables freshTables = new StoreTables(empty);
        StoreTables otherTables = new StoreTables(known)) {
      fresh.migrate(SCHEMA);
      other.migrate(SCHEMA);
      try (ProfileLoad load = other.loadProfiles("old", SCHEMA, "customer_id", List.of())) {
        load.add(new LoadedProfile("old:1", "x", Map.of("city", "elsewhere"), Map.of()));
        load.commit();
      }

      LoadCounts counts = load(fresh);

      assertThat(counts).isEqualTo(load(other));
      assertThat(counts.created()).isBetween(10_000L, 29_000L);
      for (String query : QUERIES) {
        assertThat(List.<Object>copyOf(freshTables.rows(query)))
            .as(query)
            .isEqualTo(List.<Object>copyOf(otherTables.rows(query)));
      }
      assertThat(freshTables.count("select max(id) from profile")).isLessThanOrEqualTo(ROWS);
      assertThat(freshTables.count("select nextval('profile_id_seq')"))
          .isBetween(ROWS - 100L, ROWS + 1L);
      assertThat(
              freshTables.count(
                  "select count(*) from pg_index where indrelid = 'identity'::regclass and indisprimary"))
          .isEqualTo(1);
      assertThat(load(fresh).changed()).isEqualTo(load(other).changed());
    }
  }

  @Test
  void givenUpUnderWayItLeavesNothing() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(SCHEMA);
      Random random = new Random(11);
      try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of())) {
        for (int i = 0; i < ROWS; i++) {
          load.add(row(i, random));
        }
      }

      assertThat(tables.count("select count(*) from profile")).isZero();
      assertThat(tables.count("select count(*) from identity")).isZero();
      assertThat(load(store).created()).isPositive();
    }
  }

  @Test
  void whereSomebodyLooksTheLongWayIsTaken() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings)) {
      store.migrate(SCHEMA);
      try (Connection looking =
          DriverManager.getConnection(
              "jdbc:postgresql://localhost:" + settings.port() + "/" + settings.database(),
              "postgres",
              "")) {
        looking.setAutoCommit(false);
        looking.createStatement().execute("select count(*) from lettershop.identity");

        assertThat(load(store).created()).isPositive();
      }
    }
  }

  @Test
  void rowsThatDoNotArriveFailTheLoad() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(SCHEMA);
      tables.execute("alter table profile add constraint few check (spent < 2000) not valid");

      assertThatThrownBy(() -> load(store)).isInstanceOf(StoreException.class);

      tables.execute("alter table profile drop constraint few");
      assertThat(tables.count("select count(*) from profile")).isZero();
    }
  }

  private static LoadCounts loadEvents(Store store) {
    try (EventLoad load = store.loadEvents("shop", "customer_id")) {
      for (int i = 0; i < 2 * ROWS; i++) {
        boolean repeated = i % 9 == 1;
        int n = repeated ? i - 1 : i;
        Instant time =
            n % 1000 == 7 ? Instant.parse("1999-01-01T00:00:00Z") : START.plusSeconds(n * 50L);
        String id = n % 4 == 0 ? null : "e" + (n % 8 == 1 ? n / 100 : n);
        String who = n % 500 == 9 ? null : "c" + n % (ROWS + 500);
        load.add(
            new LoadedEvent(
                "shop:" + i, id, who, n % 3 == 0 ? "seen" : "bought", time, Map.of("n", n)));
      }
      return load.commit();
    }
  }

  @Test
  void eventsOfNewMonthsAreThoseOfTheLongWay() throws Exception {
    StoreSettings empty = TestServer.newDatabase();
    StoreSettings known = TestServer.newDatabase();
    try (Store fresh = Store.open(empty);
        Store other = Store.open(known);
        StoreTables freshTables = new StoreTables(empty);
        StoreTables otherTables = new StoreTables(known)) {
      fresh.migrate(SCHEMA);
      other.migrate(SCHEMA);
      load(fresh);
      load(other);
      for (int month = 0; month < 3; month++) {
        try (EventLoad load = other.loadEvents("old", "customer_id")) {
          Instant time = Instant.now().minus(Duration.ofDays(30L * month));
          load.add(new LoadedEvent("old:1", null, "x", "old", time, Map.of()));
          load.commit();
        }
      }

      LoadCounts counts = loadEvents(fresh);

      assertThat(counts).isEqualTo(loadEvents(other));
      assertThat(counts.created()).isGreaterThan(40_000);
      assertThat(counts.stubs()).isPositive();
      String events =
          """
          select i.value, e.name, e.occurred_at, e.id, e.properties::text
          from event e join identity i using (profile_id)
          where i.kind = 'customer_id' and e.name <> 'old' order by 1, 2, 3, 4
          """;
      assertThat(freshTables.text("select md5(string_agg(e::text, '|')) from (" + events + ") e"))
          .isEqualTo(
              otherTables.text("select md5(string_agg(e::text, '|')) from (" + events + ") e"));
      String indexes =
          """
          select count(*) from pg_inherits p join pg_index x on x.indrelid = p.inhrelid
          where p.inhparent = 'event'::regclass and x.indisvalid
          group by p.inhrelid having count(*) <> 3
          """;
      assertThat(freshTables.rows(indexes)).isEmpty();
      assertThat(freshTables.count("select count(*) from change where event is not null"))
          .isPositive();
      assertThat(loadEvents(fresh).created()).isZero();
    }
  }

  @Test
  void aMonthWithStraysStaysWhereTheyAre() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(SCHEMA);
      tables.execute(
          "insert into event_other (profile_id, name, occurred_at, id) values (0, 'x', now(), 'x')");

      long created = loadEvents(store).created();

      assertThat(tables.count("select count(*) from event")).isEqualTo(created + 1);
      assertThat(loadEvents(store).created()).isZero();
    }
  }
}
