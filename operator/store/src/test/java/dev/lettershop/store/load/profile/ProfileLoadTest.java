package dev.lettershop.store.load.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileLoadTest {

  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("active", AttributeType.Boolean, false),
              new Attribute("orders", AttributeType.Integer, false),
              new Attribute("spent", AttributeType.Double, false),
              new Attribute("seen", AttributeType.Timestamp, false),
              new Attribute("tags", AttributeType.StringList, false)),
          List.of());

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

  @BeforeEach
  void empty() {
    tables.clear();
  }

  private static LoadedProfile row(String key, Object... attributes) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      values.put((String) attributes[i], attributes[i + 1]);
    }
    return new LoadedProfile("test:" + key, key, values, Map.of());
  }

  private static LoadCounts load(LoadedProfile... rows) {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of("email"))) {
      for (LoadedProfile row : rows) {
        load.add(row);
      }
      return load.commit();
    }
  }

  @Test
  void everyTypeOfValueArrivesAsItCame() {
    String wild = "Ab\\c\t\"d\"\r\n{e},\\N";

    load(
        new LoadedProfile(
            "test:1",
            "1",
            Map.of(
                "email",
                " Ada@Example.COM",
                "city",
                wild,
                "active",
                true,
                "orders",
                -7L,
                "spent",
                1.25e-3,
                "seen",
                Instant.parse("2024-02-29T23:59:59.123456Z"),
                "tags",
                List.of("", "a,b", wild)),
            Map.of("shoe \"size\"", 43, "deep", Map.of("list", List.of(1, "x\\y")))));

    var profile = tables.rows("select * from profile").get(0);
    assertThat(profile.get("email")).isEqualTo(" Ada@Example.COM");
    assertThat(profile.get("email_key")).isEqualTo("ada@example.com");
    assertThat(profile.get("city")).isEqualTo(wild);
    assertThat(profile.get("active")).isEqualTo(true);
    assertThat(profile.get("orders")).isEqualTo(-7L);
    assertThat(profile.get("spent")).isEqualTo(1.25e-3);
    assertThat(profile.get("seen", Instant.class))
        .isEqualTo(Instant.parse("2024-02-29T23:59:59.123456Z"));
    assertThat(profile.get("tags", String[].class)).containsExactly("", "a,b", wild);
    assertThat(tables.text("select extra #>> '{deep,list,1}' from profile")).isEqualTo("x\\y");
    assertThat(tables.count("select (extra ->> 'shoe \"size\"')::int from profile")).isEqualTo(43);
  }

  @Test
  void nothingIsVisibleBeforeCommitAndNothingStaysWithoutIt() {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of())) {
      load.add(row("1", "city", "Oslo"));
      load.quarantine("crm.csv:2", "city", "is not text", "raw");

      assertThat(tables.count("select count(*) from profile")).isZero();
    }

    assertThat(tables.count("select count(*) from profile")).isZero();
    assertThat(tables.count("select count(*) from quarantine")).isZero();
  }

  @Test
  void aLoadGivenUpInTheMiddleOfItsRowsLeavesNothing() {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of())) {
      for (int i = 0; i < 5_000; i++) {
        load.add(row("k" + i, "city", "x".repeat(100)));
      }
    }

    assertThat(tables.count("select count(*) from profile")).isZero();
    assertThat(load(row("1")).created()).isEqualTo(1);
  }

  @Test
  void aLoadWhoseConnectionDiesSaysSoAndLeavesNothing() {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of())) {
      load.add(row("1"));
      tables.rows(
          """
          select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction'
          """);

      assertThatThrownBy(load::commit)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.Unreachable))
          .hasMessageContaining("Could not load the source crm");
    }

    assertThat(tables.count("select count(*) from profile")).isZero();
  }

  @Test
  void readingTheSameRowsAgainChangesNothing() {
    LoadedProfile[] rows = {
      row("1", "email", "ada@example.com", "city", "Oslo", "tags", List.of("a")),
      row("2", "email", "bob@example.com", "spent", 2.5),
      row("3", "email", "bob@example.com", "city", "Rome"),
      row("4", "email", "no address"),
      row("5"),
    };
    LoadCounts first = load(rows);
    List<String> before = tables.texts("select p::text from profile p order by id");
    List<String> identities = tables.texts("select i::text from identity i order by 1");

    LoadCounts second = load(rows);

    assertThat(first).isEqualTo(new LoadCounts(5, 4, 0, 0, 0, 0));
    assertThat(second).isEqualTo(new LoadCounts(5, 0, 0, 0, 0, 0));
    assertThat(tables.texts("select p::text from profile p order by id")).isEqualTo(before);
    assertThat(tables.texts("select i::text from identity i order by 1")).isEqualTo(identities);
  }

  @Test
  void onlyReallyChangedProfilesAreUpdated() {
    load(row("1", "city", "Oslo", "orders", 1L), row("2", "city", "Rome"));
    tables.execute("update profile set updated_at = '2020-01-01'");

    LoadCounts counts = load(row("1", "city", "Bonn"), row("2", "city", "Rome"));

    assertThat(counts).isEqualTo(new LoadCounts(2, 0, 1, 0, 0, 0));
    assertThat(tables.texts("select city from profile where updated_at > '2020-01-02'"))
        .containsExactly("Bonn");
    assertThat(tables.count("select orders from profile where city = 'Bonn'")).isEqualTo(1);
  }

  @Test
  void ofSeveralRowsAboutOnePersonTheLastValueThatIsThereWins() {
    load(
        row("1", "city", "Oslo", "tags", List.of("a", "b")),
        row("1", "spent", 5.0),
        row("1", "city", "Rome"),
        row("1", "orders", 3L));

    assertThat(tables.count("select count(*) from profile")).isEqualTo(1);
    assertThat(tables.text("select concat_ws('|', city, spent, orders, tags) from profile"))
        .isEqualTo("Rome|5|3|{a,b}");
  }

  @Test
  void rowsAreLinkedThroughOthersHoweverLongTheChain() {
    // 1 -a- 2 -b- 3 -c- 4 …: each row shares its key with one neighbour, its address with the
    // other.
    int length = 200;
    LoadedProfile[] rows = new LoadedProfile[length];
    for (int i = 0; i < length; i++) {
      int place = (i * 37) % length;
      rows[i] =
          row("k" + (place + 1) / 2, "email", "a" + place / 2 + "@example.com", "orders", (long) i);
    }

    LoadCounts counts = load(rows);

    assertThat(counts.created()).isEqualTo(1);
    assertThat(tables.count("select orders from profile")).isEqualTo(length - 1L);
    assertThat(tables.count("select count(distinct profile_id) from identity")).isEqualTo(1);
  }

  @Test
  void addressesAreComparedWithoutCaseAndSurroundingSpace() {
    LoadCounts counts =
        load(row("1", "email", "Ada@Example.com"), row("2", "email", " ada@EXAMPLE.com "));

    assertThat(counts.created()).isEqualTo(1);
    assertThat(tables.text("select email from profile")).isEqualTo(" ada@EXAMPLE.com ");
  }

  @Test
  void aRowThatLinksStoredProfilesMergesThemIntoTheOldest() {
    load(row("1", "city", "Oslo"), row("2", "email", "ada@example.com", "spent", 4.0));
    try (EventLoad events = store.loadEvents("web", "customer_id")) {
      events.add(new LoadedEvent("web:1", "e1", "1", "viewed", Instant.now(), Map.of()));
      events.add(new LoadedEvent("web:2", "e2", "2", "viewed", Instant.now(), Map.of("n", 1L)));
      events.commit();
    }
    Instant then = Instant.parse("2024-01-01T00:00:00Z");
    try (ConsentLoad consents = store.loadConsents("forms", "customer_id")) {
      consents.add(new LoadedConsent("f:1", "1", "news", ConsentStatus.Granted, then, Map.of()));
      consents.add(
          new LoadedConsent(
              "f:2", "2", "news", ConsentStatus.Withdrawn, then.plusSeconds(1), Map.of()));
      consents.commit();
    }

    LoadCounts counts = load(row("1", "email", "ada@example.com"));

    assertThat(counts).isEqualTo(new LoadCounts(1, 0, 0, 1, 0, 0));
    assertThat(tables.text("select concat_ws('|', id, city, email, email_key, spent) from profile"))
        .isEqualTo("1|Oslo|ada@example.com|ada@example.com|4");
    assertThat(tables.count("select count(*) from event where profile_id = 1")).isEqualTo(2);
    assertThat(tables.count("select count(*) from consent where profile_id = 1")).isEqualTo(2);
    assertThat(tables.texts("select profile_id || status from consent_state"))
        .containsExactly("1Withdrawn");
    assertThat(tables.texts("select action || profile_id || (detail ->> 'merged') from audit"))
        .containsExactly("profile.merged12");
    assertThat(tables.count("select count(*) from identity where profile_id = 1")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "claimed, planned, skipped",
    "sending, planned, skipped",
    "sent, planned, skipped",
    "uncertain, deferred, skipped",
    "planned, planned, planned",
    "failed, planned, planned"
  })
  void aPersonWhoWasReachedAsOneProfileIsNotReachedAgainAsAnother(
      String loser, String survivor, String expected) {
    load(row("1", "city", "Oslo"), row("2", "email", "ada@example.com"));
    delivery(1, survivor);
    delivery(2, loser);

    load(row("1", "email", "ada@example.com"));

    assertThat(tables.text("select state from delivery where profile_id = 1")).isEqualTo(expected);
    assertThat(
            tables.count(
                "select count(*) from delivery where profile_id = 2 and state in ('planned',"
                    + " 'deferred')"))
        .isZero();
  }

  @Test
  void mailThatSomebodyHadUnderAnotherProfileGoesOnCountingAgainstFrequencyCaps() {
    load(row("1", "city", "Oslo"), row("2", "email", "ada@example.com"));
    delivery(2, "sent");
    tables.execute("update run set state = 'Completed', completed_at = now()");

    load(row("1", "email", "ada@example.com"));

    assertThat(tables.texts("select profile_id || ' ' || state from delivery"))
        .containsExactly("1 sent");
  }

  private static void delivery(long profile, String state) {
    tables.execute(
        """
        insert into run (namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
                         max_attempts, state)
        values ('shop', 'sale', 'r', 'h', '{}', false, 'Skip', 2, 'Frozen')
        on conflict do nothing
        """);
    tables.execute(
        """
        insert into delivery (run_id, profile_id, state)
        select id, ?, ?::delivery_state from run
        """,
        profile,
        state);
  }

  @Test
  void aRowWithoutKeyIsFoundByItsAddressAndWithNeitherIsQuarantined() {
    load(row("1", "email", "ada@example.com"));

    LoadCounts counts =
        load(row(null, "email", "ADA@example.com", "city", "Oslo"), row(" ", "city", "Rome"));

    assertThat(counts).isEqualTo(new LoadCounts(2, 0, 1, 0, 1, 0));
    assertThat(tables.text("select city from profile")).isEqualTo("Oslo");
    assertThat(tables.text("select concat_ws('|', source, position, field) from quarantine"))
        .isEqualTo("crm|test: |customer_id");
  }

  @Test
  void whatPostgresqlCannotHoldIsQuarantinedAndTheRestLoaded() {
    LoadCounts counts =
        load(
            row("1", "city", "a\0b"),
            row("2", "seen", Instant.MAX),
            row("x".repeat(2000)),
            row("4", "city", "Oslo"));

    assertThat(counts).isEqualTo(new LoadCounts(4, 1, 0, 0, 3, 0));
    assertThat(tables.texts("select field from quarantine order by id"))
        .containsExactly("city", "seen", "customer_id");
  }

  @Test
  void quarantineHoldsWhatWasWrongTheLastTime() {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of())) {
      load.quarantine("crm.csv:1", null, "broken", "a\0b");
      load.commit();
    }

    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of())) {
      for (int i = 0; i < 5000; i++) {
        load.add(row("k" + i));
        load.quarantine("crm.csv:" + i, null, "broken", "raw " + i);
      }
      load.commit();
    }

    assertThat(tables.count("select count(*) from quarantine")).isEqualTo(5000);
    assertThat(tables.count("select count(*) from profile")).isEqualTo(5000);
  }

  @Test
  void anAddressThatCannotBeMailedReplacesTheOneBefore() {
    load(row("1", "email", "ada@example.com"));

    load(row("1", "email", "gone"));

    assertThat(tables.text("select email || coalesce(email_key, '-') from profile"))
        .isEqualTo("gone-");
  }
}
