package dev.lettershop.store.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.GoalTerms;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.pace.ContactPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for people who wait for their mail, whatever happens to them meanwhile. */
class WaitingPeopleTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(),
          List.of(
              new EventType(
                  "cart_abandoned",
                  List.of(
                      new EventProperty("cart", AttributeType.String),
                      new EventProperty("total", AttributeType.Integer))),
              new EventType(
                  "order_completed", List.of(new EventProperty("cart", AttributeType.String)))));

  private static StoreSettings settings;
  private static Store store;
  private static StoreTables tables;

  private Trigger trigger;

  @BeforeAll
  static void open() throws SQLException {
    settings = TestServer.newDatabase();
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
    trigger = store.triggers().register("shop", "cart", Trigger.Kind.Event, "cart_abandoned");
  }

  private static TriggerTerms terms(Duration delay, String when, boolean stopsOnOrder) {
    return new TriggerTerms(
        when == null
            ? null
            : new RuleCompiler(SCHEMA, Map.of()).compileAboutEvent("cart_abandoned", when).rule(),
        delay,
        stopsOnOrder
            ? new TriggerTerms.Unless("order_completed", List.of("cart"), Duration.ZERO, List.of())
            : null,
        new TriggerTerms.Reentry(1, Duration.ofHours(24), null),
        false,
        Duration.ofHours(12));
  }

  private static AdmissionRequest request(TriggerTerms terms, ContactPolicy politeness) {
    return new AdmissionRequest(
        FreezeRequest.builder(SCHEMA)
            .topic("news")
            .optIn(OptIn.Implied)
            .experiment("shop/cart")
            .politeness(politeness)
            .goal(new GoalTerms("order_completed", Duration.ofDays(7), "total"))
            .build(),
        terms,
        new AdmissionRequest.RunTerms("sha256:0123456789", "{}", UncertainPolicy.Skip, 3));
  }

  private static AdmissionRequest request(TriggerTerms terms) {
    return request(terms, ContactPolicy.NONE);
  }

  private void decideAll(AdmissionRequest request) {
    for (int rounds = 0;
        store.triggers().admit(trigger, request, 2000).end() != Admitted.End.Done;
        rounds++) {
      assertThat(rounds).isLessThan(1000);
    }
  }

  private static void people(int count) {
    tables.execute(
        """
        insert into profile (id, email, email_key)
        select i, i || '@people.example', i || '@people.example' from generate_series(1, ?) i
        """,
        count);
    tables.execute(
        "insert into identity select 'number', i::text, i from generate_series(1, ?) i", count);
  }

  private static void load(String kind, List<LoadedEvent> events) {
    try (EventLoad load = store.loadEvents("web", kind, Continuation.Onwards)) {
      events.forEach(load::add);
      load.commit();
    }
  }

  private static LoadedEvent event(String name, String id, String person, Instant at, String cart) {
    return new LoadedEvent(id, id, person, name, at, Map.of("cart", cart, "total", 50L));
  }

  private static Map<String, Long> outcomes() {
    return tables
        .rows("select coalesce(outcome, 'waits'), count(*) from trigger_entry group by 1")
        .stream()
        .collect(Collectors.toMap(r -> r.get(0, String.class), r -> r.get(1, Long.class)));
  }

  @Test
  void whoeverOrderedTwoSecondsBeforeIsNotMailed() throws Exception {
    orderInTime(2_000);
  }

  @Test
  @Tag("soak")
  void whoeverOrderedTwoSecondsBeforeIsNotMailedOfManyPeople() throws Exception {
    orderInTime(100_000);
  }

  /** One in ten orders nothing: the others' orders race against whoever decides. */
  private void orderInTime(int count) throws Exception {
    int batch = 500;
    Duration delay = Duration.ofSeconds(4);
    AdmissionRequest request = request(terms(delay, null, true));
    people(count);
    Set<Long> inTime = new HashSet<>();
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> decider =
          threads.submit(
              () -> {
                while (!ended.get()) {
                  store.triggers().admit(trigger, request, batch);
                }
              });
      for (int first = 1; first <= count; first += batch) {
        Instant at = Instant.now();
        List<String> persons =
            IntStream.range(first, first + batch).mapToObj(Integer::toString).toList();
        load(
            "number",
            persons.stream().map(p -> event("cart_abandoned", "c" + p, p, at, "k" + p)).toList());
        List<String> buyers = persons.stream().filter(p -> !p.endsWith("0")).toList();
        load(
            "number",
            buyers.stream()
                .map(p -> event("order_completed", "o" + p, p, at.plusMillis(1), "k" + p))
                .toList());
        if (Instant.now().isBefore(at.plus(delay).minusSeconds(2))) {
          buyers.forEach(p -> inTime.add(Long.valueOf(p)));
        }
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> decider.isDone() || !outcomes().containsKey("waits"));
      ended.set(true);
      decider.get(60, TimeUnit.SECONDS);
    } finally {
      ended.set(true);
      threads.shutdown();
    }

    Set<Long> mailed =
        tables.rows("select profile_id from delivery where state = 'planned'").stream()
            .map(row -> row.get(0, Long.class))
            .collect(Collectors.toSet());
    assertThat(mailed).doesNotContainAnyElementsOf(inTime);
    assertThat(mailed.stream().filter(id -> id % 10 == 0)).hasSize(count / 10);
    assertThat(tables.count("select count(*) from trigger_entry where decided_at is not null"))
        .isEqualTo(count);
  }

  @Test
  void anEditCountsForAllWhoWait() {
    int count = 10_000;
    people(count);
    tables.execute(
        """
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, properties)
        select i, ?, 'c' || i, now() - interval '1 hour',
          jsonb_build_object('cart', 'k' || i, 'total', i % 4)
        from generate_series(1, ?) i
        """,
        trigger.id(), count);
    tables.execute(
        """
        insert into event (profile_id, name, occurred_at, id, properties)
        select i, 'order_completed', now() - interval '50 minutes', 'o' || i,
          jsonb_build_object('cart', 'k' || i)
        from generate_series(5, ?, 5) i
        """,
        count);
    tables.execute("analyze profile, event, trigger_entry");

    decideAll(request(terms(Duration.ofHours(3), null, false)));
    Map<String, Long> before = outcomes();
    decideAll(request(terms(Duration.ofMinutes(30), "event.total > 0", true)));

    assertThat(before).isEqualTo(Map.of("waits", 10_000L));
    // A quarter has no total; of the others, a fifth has ordered.
    assertThat(outcomes())
        .isEqualTo(Map.of("notMatching", 2_500L, "cancelled", 1_500L, "planned", 6_000L));
    assertThat(tables.count("select count(*) from delivery where state = 'planned'"))
        .isEqualTo(6_000);
    assertThat(tables.texts("select distinct goal_event || goal_seconds || goal_value from run"))
        .containsExactly("order_completed604800total");
  }

  @Test
  void twoWhoAreFoundToBeOneGetOneMail() {
    profile("shop", "number", "1", "ada@example.com");
    profile("crm", "crm_id", "c1", "lovelace@example.com");
    Instant at = Instant.now();
    load("number", List.of(event("cart_abandoned", "e1", "1", at, "k1")));
    load("crm_id", List.of(event("cart_abandoned", "e2", "c1", at.plusMillis(1), "k2")));
    assertThat(tables.count("select count(distinct profile_id) from trigger_entry")).isEqualTo(2);

    profile("shop", "number", "1", "lovelace@example.com");
    decideAll(request(terms(Duration.ZERO, null, false)));

    assertThat(tables.count("select count(distinct profile_id) from trigger_entry")).isEqualTo(1);
    assertThat(outcomes()).isEqualTo(Map.of("planned", 1L, "reentry", 1L));
    assertThat(tables.count("select count(*) from delivery where state = 'planned'")).isEqualTo(1);
  }

  private static void profile(String source, String key, String id, String email) {
    try (ProfileLoad load = store.loadProfiles(source, SCHEMA, key, List.of("email"))) {
      load.add(new LoadedProfile(id, id, Map.of("email", email), Map.of()));
      load.commit();
    }
  }

  @Test
  void whoeverIsErasedWaitsNoMore() {
    people(2);
    Instant at = Instant.now();
    load(
        "number",
        List.of(
            event("cart_abandoned", "e1", "1", at, "k1"),
            event("cart_abandoned", "e2", "2", at, "k2")));

    assertThat(store.personErasure().forget(1, SCHEMA, "user/test", false)).isPresent();
    decideAll(request(terms(Duration.ZERO, null, false)));

    assertThat(outcomes()).isEqualTo(Map.of("planned", 1L));
    assertThat(tables.count("select count(*) from delivery where profile_id = 1")).isZero();
  }

  /** Two hours are two hours, and nine o'clock is nine o'clock. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2027-03-27T23:30:00Z, 2027-03-28T07:00:00Z",
    "Europe/Berlin, 2027-10-30T23:30:00Z, 2027-10-31T08:00:00Z",
    "America/New_York, 2027-03-14T05:30:00Z, 2027-03-14T13:00:00Z",
    "America/New_York, 2027-11-07T04:30:00Z, 2027-11-07T14:00:00Z"
  })
  void nightsOfClockChangeMoveNoDelayAndKeepLocalTime(String zone, Instant at, Instant sentAt)
      throws SQLException {
    people(1);
    tables.execute("update profile set time_zone = ? where id = 1", zone);
    Duration delay = Duration.ofHours(2);
    AdmissionRequest request =
        request(
            terms(delay, null, false),
            new ContactPolicy(50, null, null, LocalTime.of(9, 0), "UTC"));
    store.triggers().admit(trigger, request, 1);
    long run = tables.count("select id from run");
    tables.execute(
        """
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at)
        values (1, ?, 'c1', ?::timestamptz)
        """,
        trigger.id(),
        at.atOffset(ZoneOffset.UTC));

    decide(request, run, at.plus(delay).minusSeconds(1));
    Map<String, Long> before = outcomes();
    decide(request, run, at.plus(delay));

    assertThat(before).isEqualTo(Map.of("waits", 1L));
    assertThat(outcomes()).isEqualTo(Map.of("planned", 1L));
    assertThat(
            tables.rows("select next_attempt_at from delivery").get(0).get(0, OffsetDateTime.class))
        .satisfies(time -> assertThat(time.toInstant()).isEqualTo(sentAt));
  }

  /** As if it were another time. */
  private void decide(AdmissionRequest request, long run, Instant now) throws SQLException {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    try (Connection connection = TestServer.connect(settings)) {
      Database.using(connection)
          .fetch(
              new AdmissionSql(trigger, request, Vault.NONE, at, false)
                  .decide(new Long[] {run}, at, 10));
    }
  }
}
