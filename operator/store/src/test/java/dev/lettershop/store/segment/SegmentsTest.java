package dev.lettershop.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.rule.RuleSql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("points", AttributeType.Integer, false)),
          List.of(new EventType("viewed", List.of())));
  private static final RuleCompiler RULES =
      new RuleCompiler(
          SCHEMA,
          Map.of(
              "local", "profile.city == \"Boston\"",
              "rich", "profile.points > 50",
              "rich-and-local", "inSegment(\"rich\") && inSegment(\"local\")",
              "neither", "!inSegment(\"rich\") && !inSegment(\"local\")",
              "viewers", "events(\"viewed\", duration(\"24h\")).size() > 0",
              "leaving", "score(\"churn\") > 0.5",
              "active", "profile.updated_at > now - duration(\"1h\")"));

  private static StoreSettings settings;
  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws Exception {
    settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws Exception {
    tables.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    tables.clear();
  }

  private static Rule rule(String segment) {
    return RULES.compileNamed(segment).rule();
  }

  private static Refreshed refresh(String segment) {
    return store.segments().refresh("shop", segment, rule(segment), SCHEMA);
  }

  private static void person(long id, String city, Integer points) {
    tables.execute(
        """
        insert into profile (id, city, points) values (?, ?, ?)
        on conflict (id) do update set city = excluded.city, points = excluded.points
        """,
        id,
        city,
        points);
  }

  /** Members and since when. */
  private static Map<Long, OffsetDateTime> members(String segment) {
    Map<Long, OffsetDateTime> members = new TreeMap<>();
    tables
        .rows(
            """
            select m.profile_id, m.entered_at from membership m
            join segment s on s.id = m.segment_id and s.namespace = 'shop' and s.name = ?
            """,
            segment)
        .forEach(r -> members.put(r.get(0, Long.class), r.get(1, OffsetDateTime.class)));
    return members;
  }

  @Test
  void whoeverTheRuleSelectsIsAMemberAndWhoStaysKeepsTheDay() {
    Random random = new Random(7);
    List<String> segments = List.of("local", "rich", "rich-and-local", "neither", "active");
    Map<String, Map<Long, OffsetDateTime>> before = new TreeMap<>();
    long moves = 0;
    for (int round = 0; round < 15; round++) {
      for (int i = 0; i < 20; i++) {
        person(
            random.nextInt(60),
            random.nextBoolean() ? "Boston" : random.nextBoolean() ? "New York" : null,
            random.nextInt(4) == 0 ? null : random.nextInt(100));
      }
      tables.execute("delete from profile where id = ?", random.nextInt(60));
      for (String segment : segments) {
        Refreshed refreshed = refresh(segment);

        Map<Long, OffsetDateTime> now = members(segment);
        Map<Long, OffsetDateTime> then = before.getOrDefault(segment, Map.of());
        assertThat(now.keySet()).isEqualTo(selected(segment));
        Set<Long> entered = new HashSet<>(now.keySet());
        entered.removeAll(then.keySet());
        Set<Long> left = new HashSet<>(then.keySet());
        left.removeAll(now.keySet());
        assertThat(refreshed.size()).isEqualTo(now.size());
        assertThat(refreshed.entered()).isEqualTo(entered.size());
        assertThat(refreshed.left()).isEqualTo(left.size());
        now.forEach(
            (id, since) ->
                assertThat(since.toInstant())
                    .isEqualTo(entered.contains(id) ? refreshed.at() : then.get(id).toInstant()));
        moves += entered.size() + left.size();
        before.put(segment, now);
      }
    }
    assertThat(moves).as("members who came or went").isGreaterThan(100);
  }

  private static Set<Long> selected(String segment) {
    Condition member = new RuleSql(SCHEMA).condition(rule(segment), DSL.currentOffsetDateTime());
    Set<Long> ids = new HashSet<>();
    tables
        .rows("select p.id from profile p where {0}", member)
        .forEach(r -> ids.add(r.get(0, Long.class)));
    return ids;
  }

  @Test
  void severalRefreshesAtOnceRecordEachComingOnce() throws Exception {
    for (int i = 0; i < 500; i++) {
      person(i, "Boston", i % 100);
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Refreshed>> refreshes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      refreshes.add(threads.submit(() -> refresh("local")));
    }
    long entered = 0;
    for (Future<Refreshed> refresh : refreshes) {
      assertThat(refresh.get().size()).isEqualTo(500);
      entered += refresh.get().entered();
    }
    threads.shutdown();

    assertThat(entered).isEqualTo(500);
    assertThat(members("local")).hasSize(500);
    assertThat(tables.count("select count(*) from segment")).isEqualTo(1);
  }

  @Test
  void segmentsOfOneNameInTwoNamespacesAreTwo() {
    person(1, "Boston", 1);
    person(2, "New York", 99);
    refresh("local");
    store.segments().refresh("other-shop", "local", rule("rich"), SCHEMA);

    assertThat(members("local").keySet()).containsExactly(1L);
    assertThat(tables.count("select count(*) from membership")).isEqualTo(2);
  }

  @Test
  void theLastRefreshStaysOnRecord() {
    person(1, "Boston", 1);
    refresh("local");
    person(1, "New York", 1);
    person(2, "Boston", 1);
    person(3, "Boston", 1);
    refresh("local");

    assertThat(
            tables.text(
                "select concat_ws(' ', size, entered, \"left\") from segment"
                    + " where refreshed_at > now() - interval '1 hour'"))
        .isEqualTo("2 2 1");
  }

  @Test
  void afterTheFirstRefreshOnlyThoseAreLookedAtToWhomSomethingHappened() {
    for (int i = 0; i < 100; i++) {
      person(i, "Boston", 1);
    }

    Refreshed first = refresh("local");
    person(7, "New York", 1);
    person(8, "Boston", 2); // which the rule does not ask for
    person(9, "Boston", 1); // as before
    Refreshed second = refresh("local");
    Refreshed third = refresh("local");

    assertThat(first.allBecause()).isEqualTo("it is the first refresh");
    assertThat(second.evaluated()).isEqualTo(1);
    assertThat(second.left()).isEqualTo(1);
    assertThat(second.size()).isEqualTo(99);
    assertThat(third.evaluated()).isZero();
  }

  @Test
  void changesOfWhatARuleDoesNotReadAreNotLookedAt() {
    List<String> segments = List.of("rich", "viewers", "leaving");
    for (int i = 0; i < 100; i++) {
      person(i, "Boston", 1);
    }
    segments.forEach(SegmentsTest::refresh);

    person(1, "Boston", 99);
    person(2, "Boston", 98);
    person(5, "Rome", 1);
    tables.execute(
        "insert into event (profile_id, name, occurred_at, id) values (3, 'viewed', now(), 'a')");
    tables.execute("insert into model_output (profile_id, model, score) values (4, 'churn', 0.9)");

    assertThat(segments.stream().map(SegmentsTest::refresh))
        .extracting(Refreshed::evaluated, Refreshed::entered)
        .containsExactly(tuple(2L, 2L), tuple(1L, 1L), tuple(1L, 1L));

    person(100, "Boston", 1);
    tables.execute("delete from profile where id in (1, 3, 4)");

    assertThat(segments.stream().map(SegmentsTest::refresh))
        .extracting(Refreshed::evaluated, Refreshed::left)
        .containsExactly(tuple(4L, 1L), tuple(4L, 1L), tuple(4L, 1L));
  }

  @Test
  void whatBecomesVisibleLateIsNotMissed() throws Exception {
    for (int i = 0; i < 100; i++) {
      person(i, "Boston", 1);
    }
    refresh("local");
    try (Connection slow = TestServer.connect(settings)) {
      slow.setAutoCommit(false);
      slow.createStatement().execute("update profile set city = 'Rome' where id = 5");
      person(6, "New York", 1); // a later transaction that ends earlier
      Refreshed between = refresh("local");
      slow.commit();
      Refreshed after = refresh("local");

      assertThat(between.left()).isEqualTo(1);
      assertThat(after.left()).isEqualTo(1);
      assertThat(after.evaluated()).isEqualTo(1);
      assertThat(members("local")).hasSize(98).doesNotContainKeys(5L, 6L);
    }
  }

  @Test
  void allAreLookedAtWhenTheRuleHasChangedVeryManyHaveOrItIsAskedFor() {
    for (int i = 0; i < 100; i++) {
      person(i, "Boston", i);
    }
    refresh("local");
    Refreshed other = store.segments().refresh("shop", "local", rule("rich"), SCHEMA);
    tables.execute(
        "insert into profile (id, city) select i, 'Boston' from generate_series(1000, 3000) i");
    Refreshed many = store.segments().refresh("shop", "local", rule("rich"), SCHEMA);
    Refreshed asked =
        store.segments().refresh("shop", "local", rule("rich"), SCHEMA, Segments.Scope.All);

    assertThat(other.allBecause()).isEqualTo("the rule has changed");
    assertThat(many.allBecause()).isEqualTo("the answers of very many can have changed");
    assertThat(asked.allBecause()).isEqualTo("it was asked for");
  }

  @Test
  void itIsKeptWhoWasAMemberWhenAndChangesAreForgottenOnceSeen() {
    person(1, "Boston", 1);
    person(2, "Boston", 1);
    Refreshed first = refresh("local");
    person(1, "Rome", 1);
    Refreshed second = refresh("local");
    person(1, "Boston", 1);
    Refreshed third = refresh("local");

    assertThat(store.segments().history("shop", "local", 1))
        .containsExactly(
            new Segments.Entry(1, first.at(), second.at()),
            new Segments.Entry(1, third.at(), null));
    assertThat(store.segments().enteredAfter("shop", "local", first.at(), Long.MAX_VALUE, 10))
        .containsExactly(new Segments.Entry(1, third.at(), null));
    // Transactions of any database of the server keep what they might still have to see.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              tables.execute("update change set noted_at = noted_at - interval '2 hours'");
              refresh("local");
              return tables.count("select count(*) from change") == 0;
            });
  }

  @Test
  void pagesOfThoseWhoEnteredTogetherLoseNobody() {
    for (int i = 1; i <= 7; i++) {
      person(i, "Boston", 1);
    }
    Refreshed first = refresh("local");
    for (int i = 8; i <= 10; i++) {
      person(i, "Boston", 1);
    }
    Refreshed second = refresh("local");

    List<Segments.Entry> all = new ArrayList<>();
    List<Segments.Entry> page = enteredAfter(first.at(), 0);
    while (!page.isEmpty()) {
      all.addAll(page);
      Segments.Entry last = page.get(page.size() - 1);
      page = enteredAfter(last.entered(), last.profile());
    }

    assertThat(all)
        .extracting(Segments.Entry::profile)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(all.subList(0, 7)).allMatch(entry -> entry.entered().equals(first.at()));
    assertThat(all.subList(7, 10)).allMatch(entry -> entry.entered().equals(second.at()));
    assertThat(enteredAfter(first.at(), Long.MAX_VALUE))
        .extracting(Segments.Entry::profile)
        .containsExactly(8L, 9L, 10L);
  }

  private static List<Segments.Entry> enteredAfter(Instant moment, long profile) {
    return store.segments().enteredAfter("shop", "local", moment, profile, 3);
  }

  @Test
  void aDifferenceTellsWhoWouldComeAndGoAndChangesNothing() {
    for (int i = 0; i < 100; i++) {
      person(i, i < 50 ? "Boston" : "Rome", i);
    }
    SegmentDifference never = store.segments().difference("shop", "local", rule("local"), SCHEMA);
    refresh("local");
    SegmentDifference rich = store.segments().difference("shop", "local", rule("rich"), SCHEMA);

    assertThat(never).isEqualTo(new SegmentDifference(0, null, 50, 50, 0, Map.of()));
    assertThat(rich.size()).isEqualTo(49);
    assertThat(rich.enter()).isEqualTo(49);
    assertThat(rich.leave()).isEqualTo(50);
    assertThat(members("local")).hasSize(50);
  }
}
