package dev.lettershop.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Engagement;
import dev.lettershop.api.v1alpha1.store.ScannedHits;
import dev.lettershop.api.v1alpha1.store.ScannerNetwork;
import dev.lettershop.insight.verdict.Judge;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.hit.Hit;
import dev.lettershop.store.hit.HitKind;
import dev.lettershop.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HitJudgingTest {
  private static final long RUN = 200001000000007L;
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  private static final String COUNTED_FROM_HITS =
      """
      select kind, run_id, profile_id, number, day, verdict, reason, max(rules), min(at), count(*)
      from hit where judged_at is not null group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 7
      """;
  private static final String COUNTED =
      """
      select kind, run_id, profile_id, number, day, verdict, reason, rules, first_at, hits
      from engagement order by 1, 2, 3, 4, 5, 7
      """;

  private static final String WITHOUT_EVENT =
      """
      select h.id from hit h where h.judged_at is not null and h.profile_id > 0 and not exists (
        select from event e where e.profile_id = h.profile_id and e.occurred_at = h.at
          and e.name = 'email_' || lower(h.kind) || 'ed' and e.id = 'hit/' || h.id
          and e.properties ->> 'verdict' = h.verdict)
      """;

  private static TestDatabase database;

  /** When the mails went out. */
  private final Instant sent =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(30));

  private final Hand clock = new Hand();

  /** A clock that is put forward by hand. */
  private static final class Hand extends Clock {
    private Instant now;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    database = new TestDatabase();
    database.store().migrate(ProfileSchema.of(List.of(), List.of()));
    database.execute(
        "create table delivery_2000_01 partition of delivery"
            + " for values from (200001000000000) to (200002000000000)");
    database.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic, opt_in, state, opens_topic, frozen_at)
        values (200001000000007, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'news', 'Single',
          'Frozen', 'opens', now());
        insert into link select 200001000000007, n, 'sale', array['https://shop.example/' || n]
          from generate_series(0, 4) n;
        insert into profile (id, email, email_key) overriding system value
          select 1000 + n, n || '@example.com', n || '@example.com' from generate_series(0, 199) n;
        insert into consent_state
          select 1000 + n, 'opens', 'Granted', now() - interval '9 days' from generate_series(0, 199) n
        """);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() throws Exception {
    database.execute(
        "truncate hit, engagement, event; update hit_mark set judged_to = 'epoch'; delete from delivery");
    clock.now = sent;
  }

  private static Hit click(long profile, int number, Instant at, String network) {
    return hit(HitKind.Click, profile, number, at, network, BROWSER);
  }

  private static Hit hit(
      HitKind kind, long profile, int number, Instant at, String network, String agent) {
    return new Hit(
        UUID.randomUUID(), at, kind, RUN, profile, number, "GET", false, network, null, agent);
  }

  private static void store(Hit... hits) {
    database.store().hits().append(List.of(hits));
  }

  private HitJudging judging(ScannerNetwork... networks) {
    return HitJudging.of(database.store(), new Engagement(List.of(networks)), clock);
  }

  private void judgeAt(HitJudging judging, Instant now) {
    clock.now = now;
    boolean more = true;
    while (more) {
      more = judging.step().more();
    }
  }

  private static List<String> reasons() throws Exception {
    return database.query("select coalesce(reason, '-') from hit order by at, number");
  }

  @Test
  void aVerdictIsGivenWhenItIsFinalAndCountedThen() throws Exception {
    store(click(1001, 1, sent.plusSeconds(30), "203.0.113.0/24"));
    HitJudging judging = judging();

    judgeAt(judging, sent.plusSeconds(150));
    assertThat(reasons()).containsExactly("-");
    assertThat(database.query(COUNTED)).isEmpty();

    clock.now = sent.plusSeconds(156);
    HitJudging.Step step = judging.step();
    assertThat(reasons()).containsExactly("NoMachine");
    assertThat(step.counts())
        .singleElement()
        .satisfies(
            count -> {
              assertThat(count.campaign()).isEqualTo("sale");
              assertThat(count.verdict()).isEqualTo("Human");
              assertThat(count.hits()).isEqualTo(1);
            });
    assertThat(database.query("select verdict, reason, rules, hits from engagement"))
        .containsExactly("Human NoMachine " + Judge.RULES_VERSION + " 1");
  }

  @Test
  void scannersAreKnownByWhatCameBefore() throws Exception {
    for (int link = 0; link < 3; link++) {
      store(click(1001, link, sent.plusSeconds(30), "203.0.113.0/24"));
    }
    judgeAt(judging(), sent.plusSeconds(300));
    store(click(1001, 4, sent.plusSeconds(310), "203.0.113.0/24"));
    // Another process, which has to read the burst again to know.
    judgeAt(judging(), sent.plusSeconds(600));

    assertThat(reasons()).containsExactly("Burst", "Burst", "Burst", "AfterBurst");
    assertThat(database.query(COUNTED)).isEqualTo(database.query(COUNTED_FROM_HITS));
  }

  @Test
  void opensRightAfterTheMailAreNotReading() throws Exception {
    database.execute(
        "insert into delivery (run_id, profile_id, state, updated_at)"
            + " values (%d, 1001, 'sent', '%s'), (%d, 1002, 'failed', '%s')"
                .formatted(RUN, sent, RUN, sent));
    store(
        hit(HitKind.Open, 1001, 0, sent.plusSeconds(5), "203.0.113.0/24", BROWSER),
        hit(HitKind.Open, 1002, 0, sent.plusSeconds(6), "203.0.113.0/24", BROWSER),
        hit(HitKind.Open, 1001, 0, sent.plusSeconds(40), "203.0.113.0/24", BROWSER));

    judgeAt(judging(), sent.plusSeconds(600));

    assertThat(reasons()).containsExactly("TooEarly", "NoMachine", "NoMachine");
  }

  @Test
  void whereNobodyIsNamedTheRequestTells() throws Exception {
    store(
        hit(HitKind.Open, 0, 0, sent.plusSeconds(5), "203.0.113.0/24", BROWSER),
        hit(HitKind.Open, 0, 1, sent.plusSeconds(5), "203.0.113.0/24", "Mozilla/5.0"),
        hit(HitKind.Open, 0, 2, sent.plusSeconds(5), "203.0.113.0/24", null));

    judgeAt(judging(), sent.plusSeconds(10));

    assertThat(reasons()).containsExactly("Unnamed", "ApplePrivacy", "NoClient");
    assertThat(database.query(COUNTED)).isEqualTo(database.query(COUNTED_FROM_HITS));
  }

  @Test
  void hitsThatAreStoredLateAreJudgedByWhatHappenedThen() throws Exception {
    HitJudging judging = judging();
    store(
        click(1001, 0, sent.plusSeconds(30), "203.0.113.0/24"),
        click(1001, 1, sent.plusSeconds(30), "203.0.113.0/24"),
        click(1001, 2, sent.plusSeconds(30), "203.0.113.0/24"));
    judgeAt(judging, sent.plusSeconds(7_200));
    // From the disk of a collector.
    store(
        click(1001, 3, sent.plusSeconds(60), "203.0.113.0/24"),
        click(1002, 3, sent.plusSeconds(61), "203.0.113.0/24"));
    judgeAt(judging, sent.plusSeconds(7_260));

    assertThat(reasons()).containsExactly("Burst", "Burst", "Burst", "AfterBurst", "NoMachine");
    assertThat(database.query(COUNTED)).isEqualTo(database.query(COUNTED_FROM_HITS));
  }

  @Test
  void whoIsKilledOrPushedAsideAnywhereLeavesTheSameVerdicts() throws Exception {
    List<Hit> hits = world(new SplittableRandom(20270301));
    hits.forEach(HitJudgingTest::store);
    judgeAt(judging(), sent.plus(Duration.ofHours(6)));
    List<String> atOnce = database.query("select id, reason from hit order by id");
    assertThat(
            database.query("select distinct reason from hit where verdict = 'Scanner' order by 1"))
        .contains("AfterBurst", "Burst", "Fleet");

    database.execute("truncate hit, engagement, event; update hit_mark set judged_to = 'epoch'");
    SplittableRandom random = new SplittableRandom(7);
    HitJudging one = judging();
    HitJudging other = judging();
    int stored = 0;
    for (Instant now = sent; now.isBefore(sent.plus(Duration.ofHours(6))); ) {
      now = now.plusSeconds(random.nextInt(1, 900));
      while (stored < hits.size() && !hits.get(stored).at().isAfter(now)) {
        store(hits.get(stored++));
      }
      clock.now = now;
      switch (random.nextInt(4)) {
        case 0 -> one = judging();
        case 1 -> other.step();
        default -> one.step();
      }
    }
    judgeAt(one, sent.plus(Duration.ofHours(6)));

    assertThat(stored).isEqualTo(hits.size());
    assertThat(database.query("select id, reason from hit order by id")).isEqualTo(atOnce);
    assertThat(database.query(WITHOUT_EVENT)).isEmpty();
    assertThat(database.query("select count(*) from event"))
        .containsExactly(Integer.toString(hits.size()));
    assertThat(database.query(COUNTED)).isEqualTo(database.query(COUNTED_FROM_HITS));
  }

  /** People, and scanners of a company that follow all links, within three hours. */
  private List<Hit> world(SplittableRandom random) {
    List<Hit> hits = new ArrayList<>();
    for (int mail = 0; mail < 200; mail++) {
      Instant at = sent.plusMillis(random.nextInt(3 * 3_600_000));
      if (random.nextBoolean()) {
        String network = "198.51." + random.nextInt(3) + ".0/24";
        for (int link = 0; link < 4; link++) {
          hits.add(click(1000 + mail, link, at.plusMillis(link * 200L), network));
        }
      }
      Instant read = at.plusSeconds(random.nextInt(1, 3_000));
      hits.add(
          click(1000 + mail, random.nextInt(5), read, "198.51." + random.nextInt(9) + ".0/24"));
    }
    hits.sort((a, b) -> a.at().compareTo(b.at()));
    return hits;
  }

  @Test
  void whatOnlyAPersonDoesAfterAClickRaisesItsVerdictForGood() throws Exception {
    ScannerNetwork scanner = new ScannerNetwork("203.0.113.64/26", ScannedHits.Clicks);
    store(
        click(1001, 1, sent.plusSeconds(30), "203.0.113.0/24"),
        click(1002, 1, sent.plusSeconds(40), "203.0.113.0/24"),
        click(1003, 1, sent.plusSeconds(50), "203.0.113.0/24"));
    judgeAt(judging(scanner), sent.plus(Duration.ofHours(3)));
    database.execute(
        "update run set goal_event = 'bought', goal_seconds = 604800, frozen_at = now()");
    bought(1001, sent.plus(Duration.ofMinutes(20)));
    bought(1002, sent.plus(Duration.ofMinutes(90)));
    bought(1003, sent.plusSeconds(20));
    clock.now = sent.plus(Duration.ofHours(3));

    assertThat(judging(scanner).raise()).isEqualTo(1);
    assertThat(judging(scanner).raise()).isZero();
    assertThat(judging(scanner).rejudge(sent.minusSeconds(3_600)))
        .isEqualTo(new HitJudging.Rejudged(3, 0));

    assertThat(database.query("select profile_id, verdict, reason from engagement order by 1"))
        .containsExactly("1001 Human Evidence", "1002 Scanner Network", "1003 Scanner Network");
    assertThat(
            database.query(
                "select properties ->> 'verdict' from event"
                    + " where name = 'email_clicked' and profile_id = 1001"))
        .containsExactly("Human");
  }

  private void bought(long person, Instant at) throws Exception {
    database.execute(
        "insert into event (profile_id, name, occurred_at, id) values (%d, 'bought', '%s', '%d')"
            .formatted(person, at, person));
  }

  @Test
  void rulesCanBeRunAgain() throws Exception {
    store(
        click(1001, 1, sent.plusSeconds(30), "203.0.113.0/24"),
        click(1002, 1, sent.plusSeconds(31), "198.51.100.0/24"),
        hit(HitKind.Open, 1001, 0, sent.plusSeconds(32), "203.0.113.0/24", BROWSER),
        hit(HitKind.Open, 0, 0, sent.plusSeconds(33), null, BROWSER),
        click(1001, 1, sent.plus(Duration.ofHours(20)), "203.0.113.0/24"));
    judgeAt(judging(), sent.plus(Duration.ofHours(21)));
    store(click(1003, 1, sent.plus(Duration.ofHours(21)), "203.0.113.0/24"));
    // As an older version left them.
    database.execute("update hit set rules = 0 where profile_id = 1002");
    ScannerNetwork scanner = new ScannerNetwork("203.0.113.64/26", ScannedHits.Clicks);

    assertThat(judging().rejudge(sent.minusSeconds(3_600)))
        .isEqualTo(new HitJudging.Rejudged(5, 0));
    assertThat(judging(scanner).rejudge(sent.plus(Duration.ofHours(5))))
        .isEqualTo(new HitJudging.Rejudged(1, 1));
    assertThat(judging(scanner).rejudge(sent.minusSeconds(3_600)))
        .isEqualTo(new HitJudging.Rejudged(5, 1));
    assertThat(judging(scanner).rejudge(sent.minusSeconds(3_600)))
        .isEqualTo(new HitJudging.Rejudged(5, 0));

    assertThat(
            database.query("select kind, profile_id, coalesce(reason, '-') from hit order by at"))
        .containsExactlyInAnyOrder(
            "Open 0 Unnamed",
            "Click 1001 Network",
            "Click 1002 NoMachine",
            "Open 1001 NoMachine",
            "Click 1001 Network",
            "Click 1003 -");
    assertThat(database.query("select distinct rules from hit where rules is not null"))
        .containsExactly(Integer.toString(Judge.RULES_VERSION));
    assertThat(database.query(WITHOUT_EVENT)).isEmpty();
    assertThat(database.query(COUNTED)).isEqualTo(database.query(COUNTED_FROM_HITS));
  }
}
