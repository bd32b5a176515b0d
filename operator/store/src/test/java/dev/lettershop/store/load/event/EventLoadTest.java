package dev.lettershop.store.load.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoadTest {

  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

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

  private static LoadedEvent event(String id, String identity, Instant at) {
    return new LoadedEvent("web:" + id, id, identity, "viewed", at, Map.of("price", 2.5));
  }

  private static LoadCounts load(String kind, LoadedEvent... events) {
    try (EventLoad load = store.loadEvents("web", kind)) {
      for (LoadedEvent event : events) {
        load.add(event);
      }
      return load.commit();
    }
  }

  private static LoadCounts consents(LoadedConsent... rows) {
    try (ConsentLoad load = store.loadConsents("forms", "customer_id")) {
      for (LoadedConsent row : rows) {
        load.add(row);
      }
      return load.commit();
    }
  }

  private static LoadedConsent consent(String who, ConsentStatus status, Instant at) {
    return new LoadedConsent("f:1", who, "news", status, at, Map.of("form", "footer"));
  }

  @Test
  void theSameEventIsNeverTwo() {
    LoadedEvent first = event("e1", "1", NOW);

    LoadCounts counts = load("customer_id", first, first, event("e2", "1", NOW));
    LoadCounts again = load("customer_id", first, event("e3", "2", NOW));

    assertThat(counts).isEqualTo(new LoadCounts(3, 2, 0, 0, 0, 1));
    assertThat(again).isEqualTo(new LoadCounts(2, 1, 0, 0, 0, 1));
    assertThat(tables.text("select properties ->> 'price' from event where id = 'e1'"))
        .isEqualTo("2.5");
  }

  private static List<String> stored() {
    return tables.texts(
        """
        select id || ' ' || (properties ->> 'price') || ' ' || extract(epoch from occurred_at)::bigint
        from event order by 1
        """);
  }

  private static LoadedEvent priced(String id, String who, Instant at, double price) {
    return new LoadedEvent("web:" + id, id, who, "viewed", at, Map.of("price", price));
  }

  private static String row(String id, double price, Instant at) {
    return id + " " + price + " " + at.getEpochSecond();
  }

  @Test
  void aLaterVersionOfAnEventTakesItsPlaceWhateverItsTime() {
    Instant before = NOW.minus(100, ChronoUnit.DAYS);
    load("customer_id", priced("e1", "1", NOW, 1.5), priced("e2", "1", NOW, 1.5));

    LoadCounts counts =
        load(
            "customer_id",
            priced("e1", "1", before, 1.5),
            priced("e2", "1", NOW, 2.5),
            priced("e3", "1", NOW, 1.5));
    LoadCounts again = load("customer_id", priced("e1", "1", before, 1.5));

    assertThat(counts).isEqualTo(new LoadCounts(3, 1, 2, 0, 0, 0));
    assertThat(again).isEqualTo(new LoadCounts(1, 0, 0, 0, 0, 0));
    assertThat(stored())
        .containsExactly(row("e1", 1.5, before), row("e2", 2.5, NOW), row("e3", 1.5, NOW));
  }

  @Test
  void ofSeveralVersionsInOneLoadTheLastCountsHoweverOftenItIsRead() {
    Instant before = NOW.minus(70, ChronoUnit.DAYS);
    LoadedEvent[] versions = {
      priced("e1", "1", NOW, 1.5), priced("e1", "1", before, 2.5), priced("e1", "2", NOW, 9.5)
    };

    load("customer_id", versions);
    LoadCounts again = load("customer_id", versions);

    assertThat(again.created() + again.changed()).isZero();
    assertThat(stored()).containsExactly(row("e1", 2.5, before), row("e1", 9.5, NOW));
  }

  @Test
  void theSameIdOfAnotherKindOfEventIsAnotherEvent() {
    load("customer_id", priced("order-7", "1", NOW, 1.5));
    load(
        "customer_id",
        new LoadedEvent("w:2", "order-7", "1", "shipped", NOW, Map.of("price", 1.5)));

    assertThat(stored()).hasSize(2);
  }

  @Test
  void aMonthThatIsNewTakesTheLatestVersionsToo() {
    Instant before = NOW.minus(200, ChronoUnit.DAYS);
    load("customer_id", priced("e1", "0", NOW, 1.5), priced("e2", "1", NOW, 1.5));
    LoadedEvent[] many = new LoadedEvent[(int) LoadSession.MANY + 10];
    for (int i = 0; i < many.length; i++) {
      many[i] = priced("n" + i, String.valueOf(i % 50), before, 1.5);
    }
    many[5] = priced("e1", "0", before, 2.5);
    many[many.length - 1] = priced("n7", "7", NOW, 3.5);

    LoadCounts first = load("customer_id", many);
    LoadCounts again = load("customer_id", many);

    assertThat(first.created()).isEqualTo(many.length - 2);
    assertThat(first.changed()).isEqualTo(1);
    assertThat(again.created() + again.changed()).isZero();
    assertThat(tables.text("select count(*) from event")).isEqualTo("" + many.length);
    assertThat(stored())
        .contains(row("e1", 2.5, before), row("e2", 1.5, NOW), row("n7", 3.5, NOW))
        .doesNotContain(row("e1", 1.5, NOW), row("n7", 1.5, before));
  }

  @Test
  void peopleWhoTurnOutToBeOneHaveEachEventOnce() {
    ProfileSchema schema = ProfileSchema.of(List.of(), List.of());
    Instant before = NOW.minus(100, ChronoUnit.DAYS);
    load("customer_id", priced("e1", "1", NOW, 1.5));
    load("email", priced("e1", "ada@example.com", before, 2.5));
    load("email", priced("e2", "ada@example.com", before, 2.5));

    try (ProfileLoad load = store.loadProfiles("crm", schema, "customer_id", List.of("email"))) {
      load.add(new LoadedProfile("c:1", "1", null, Map.of("email", "ada@example.com"), Map.of()));
      load.commit();
    }

    assertThat(stored()).containsExactly(row("e1", 1.5, NOW), row("e2", 2.5, before));
  }

  @Test
  void anEventWithoutIdGetsOneFromWhatItSays() {
    LoadedEvent event = new LoadedEvent("w:1", null, "1", "viewed", NOW, Map.of("a", 1, "b", "x"));
    LoadedEvent other = new LoadedEvent("w:2", null, "1", "viewed", NOW, Map.of("a", 1));

    load("customer_id", event, other);
    load("customer_id", event, other);

    assertThat(tables.count("select count(*) from event")).isEqualTo(2);
  }

  @Test
  void theOrderInWhichSourcesAreReadDoesNotMatter() {
    load("customer_id", event("e1", "1", NOW));
    load("email", event("e2", "Ada@Example.com", NOW));

    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of("email"))) {
      load.add(new LoadedProfile("crm:1", "1", Map.of("email", "ada@example.com"), Map.of()));
      assertThat(load.commit()).isEqualTo(new LoadCounts(1, 0, 0, 1, 0, 0));
    }

    assertThat(tables.count("select count(*) from profile")).isEqualTo(1);
    assertThat(tables.texts("select id from event where profile_id = 1 order by id"))
        .containsExactly("e1", "e2");
  }

  @Test
  void eachMonthHasItsPartitionAndFarDatesShareOne() {
    Instant old = Instant.parse("1970-01-01T00:00:00Z");
    load("customer_id", event("e1", "1", NOW), event("e2", "1", old));

    String month = "event_" + NOW.atOffset(ZoneOffset.UTC).toLocalDate().toString().substring(0, 7);
    assertThat(tables.texts("select tableoid::regclass::text from event order by id"))
        .containsExactly(month.replace('-', '_'), "event_other");
  }

  /**
   * Of a table that it knows nothing of, the planner may read every event for each row of a load.
   */
  @Test
  void thePlannerKnowsOfEventsBeforeTheNextAreCompared() {
    Instant at = NOW.minus(200, ChronoUnit.DAYS);
    String known =
        "select (reltuples > 0)::text from pg_class where oid = '%s'::regclass"
            .formatted(EventPartitions.name(YearMonth.from(at.atOffset(ZoneOffset.UTC))));
    load("customer_id", event("e1", "1", at), event("e2", "1", at));
    assertThat(tables.text(known)).isEqualTo("false");

    load("customer_id", event("e3", "1", at));

    assertThat(tables.text(known)).isEqualTo("true");
  }

  @Test
  void anEventThatBelongsToNobodyIsQuarantined() {
    LoadCounts counts =
        load(
            "email",
            event("e1", "nobody", NOW),
            event("e2", null, NOW),
            event("e3", "a@b.example", NOW));

    assertThat(counts).isEqualTo(new LoadCounts(3, 1, 0, 0, 2, 1));
    assertThat(tables.texts("select position from quarantine order by id"))
        .containsExactly("web:e1", "web:e2");
    assertThat(tables.text("select email_key from profile")).isEqualTo("a@b.example");
  }

  @Test
  void theLatestConsentCountsWhateverTheOrderAndAllAreKept() {
    consents(
        consent("1", ConsentStatus.Withdrawn, NOW),
        consent("1", ConsentStatus.Granted, NOW.minusSeconds(60)));
    LoadCounts again =
        consents(
            consent("1", ConsentStatus.Pending, NOW.minusSeconds(90)),
            consent("1", ConsentStatus.Withdrawn, NOW),
            consent("2", ConsentStatus.Granted, NOW));

    assertThat(again).isEqualTo(new LoadCounts(3, 2, 0, 0, 0, 1));
    assertThat(tables.texts("select profile_id || status from consent_state order by 1"))
        .containsExactly("1Withdrawn", "2Granted");
    assertThat(tables.count("select count(*) from consent where profile_id = 1")).isEqualTo(3);
  }

  @Test
  void atTheSameMomentTheStricterConsentCounts() {
    consents(consent("1", ConsentStatus.Denied, NOW), consent("1", ConsentStatus.Granted, NOW));

    assertThat(tables.texts("select status from consent_state")).containsExactly("Denied");
  }
}
