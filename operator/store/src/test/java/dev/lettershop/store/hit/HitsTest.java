package dev.lettershop.store.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.engagement.HitVerdict;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HitsTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(new Attribute("first_name", AttributeType.String, true, null)), List.of());
  private static final long RUN = 202611000000007L;
  private static final long ADA = 1001;
  private static final long BEA = 1002;

  private static Store store;
  private static Store web;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    web = Store.openForCollector(settings, Vault.NONE);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    web.close();
    store.close();
  }

  @BeforeEach
  void people() {
    tables.clear();
    tables.execute(
        """
        insert into profile (id, email, email_key) overriding system value
        values (1001, 'ada@example.com', 'ada@example.com'),
          (1002, 'bea@example.com', 'bea@example.com')
        """);
    tables.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic, opt_in, state, opens_topic, frozen_at)
        values (202611000000007, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'news', 'Single',
          'Frozen', 'opens', now())
        """);
    tables.execute(
        "insert into link values (202611000000007, 0, 'sale', array['https://shop.example/']),"
            + " (202611000000007, 1, 'sale', array['https://shop.example/p/', '?x=1'])");
    consent(ADA, "Granted");
  }

  private static void consent(long profile, String status) {
    tables.execute(
        """
        insert into consent_state values (?, 'opens', ?, now() - interval '1 day')
        on conflict (profile_id, topic) do update set status = excluded.status
        """,
        profile,
        status);
  }

  private static Hit hit(HitKind kind, long profile) {
    return hit(kind, profile, Instant.now());
  }

  private static Hit hit(HitKind kind, long profile, Instant at) {
    return new Hit(
        UUID.randomUUID(),
        at.truncatedTo(ChronoUnit.MICROS),
        kind,
        RUN,
        profile,
        kind == HitKind.Click ? 1 : 0,
        "GET",
        false,
        "203.0.113.0/24",
        "https://mail.example.com",
        "Mozilla/5.0");
  }

  private static List<String> stored() {
    return tables.texts(
        """
        select concat_ws(' ', kind, profile_id, coalesce(network::text, '-'), coalesce(referer, '-'),
          agent, case when at = date_trunc('hour', at) then 'hour' else 'exact' end)
        from hit order by kind, profile_id
        """);
  }

  @Test
  void aClickNamesThePersonAndTheNetworkAndIsStoredOnce() {
    Hit click = hit(HitKind.Click, ADA);

    web.hits().append(List.of(click, hit(HitKind.Click, BEA)));
    web.hits().append(List.of(click));

    assertThat(stored())
        .containsExactly(
            "Click 1001 203.0.113.0/24 https://mail.example.com Mozilla/5.0 exact",
            "Click 1002 203.0.113.0/24 https://mail.example.com Mozilla/5.0 exact");
    assertThat(store.hits().clicks(RUN)).containsExactly(new LinkHits(1, 2, 2, 0));
    judge(click, "Human", "NoMachine");
    assertThat(store.hits().clicks(RUN)).containsExactly(new LinkHits(1, 2, 2, 1));
  }

  @Test
  void anOpenNamesOnlyWhoConsentsAtThatMoment() {
    web.hits().append(List.of(hit(HitKind.Open, ADA), hit(HitKind.Open, BEA)));
    assertThat(stored())
        .containsExactly(
            "Open 0 - - Mozilla/5.0 hour",
            "Open 1001 203.0.113.0/24 https://mail.example.com Mozilla/5.0 exact");

    consent(ADA, "Withdrawn");
    web.hits().append(List.of(hit(HitKind.Open, ADA)));
    assertThat(tables.count("select count(*) from hit where profile_id = 0")).isEqualTo(2);
  }

  @Test
  void aRefusalOfTheSameAddressCountsToo() {
    tables.execute("insert into opt_out values (1002, 'opens', 'ada@example.com', now())");

    web.hits().append(List.of(hit(HitKind.Open, ADA)));

    assertThat(stored()).containsExactly("Open 0 - - Mozilla/5.0 hour");
  }

  @Test
  void nobodyIsNamedWhenTheRunRecordsNoOpensByPerson() {
    tables.execute("update run set opens_topic = null");

    web.hits().append(List.of(hit(HitKind.Open, ADA)));

    assertThat(stored()).containsExactly("Open 0 - - Mozilla/5.0 hour");
  }

  @Test
  void mergedPeopleAreNamedAsWhoTheyAreNowAndErasedOnesNotAtAll() {
    tables.execute("insert into merged_profile values (7, 1002)");

    web.hits().append(List.of(hit(HitKind.Click, 7), hit(HitKind.Click, 4711)));

    assertThat(stored())
        .containsExactly(
            "Click 0 - - Mozilla/5.0 hour",
            "Click 1002 203.0.113.0/24 https://mail.example.com Mozilla/5.0 exact");
  }

  @Test
  void erasureRemovesAndExportShows() {
    Hit click = hit(HitKind.Click, ADA);
    web.hits().append(List.of(click, hit(HitKind.Open, ADA)));
    judge(click, "Human", "NoMachine");

    var export = store.personExport().of(ADA, SCHEMA, "test").orElseThrow();
    assertThat(export.get("hits").toString())
        .contains("link=https://shop.example/p/…?x=1", "campaign=sale", "network=203.0.113.0/24");

    var forgotten = store.personErasure().forget(ADA, SCHEMA, "test", false).orElseThrow();
    assertThat(export.get("engagement").toString())
        .contains("link=https://shop.example/p/…?x=1", "verdict=Human", "hits=1");
    assertThat(forgotten.rows()).containsEntry("hit", 2L).containsEntry("engagement", 1L);
    assertThat(tables.count("select count(*) from engagement")).isZero();
    assertThat(tables.count("select count(*) from hit where profile_id > 0")).isZero();
  }

  private static void judge(Hit hit, String verdict, String reason) {
    LocalDate day = LocalDate.ofInstant(hit.at(), ZoneOffset.UTC);
    store.verdicts().record(List.of(new HitVerdict(day, hit.id(), verdict, reason)), 1);
  }

  @Test
  void aVerdictIsRecordedAndCountedOnce() {
    Hit click = hit(HitKind.Click, ADA);
    web.hits().append(List.of(click));

    judge(click, "Human", "NoMachine");
    judge(click, "Scanner", "Burst");

    assertThat(tables.texts("select verdict || ' ' || hits from engagement"))
        .containsExactly("Human 1");
    assertThat(store.verdicts().record(List.of(), 1, Instant.EPOCH.plusSeconds(1), Instant.now()))
        .isEmpty();
  }

  @Test
  void aVerdictMakesAnEventThatFollowsIt() {
    Hit click = hit(HitKind.Click, ADA);
    web.hits().append(List.of(click, hit(HitKind.Click, BEA)));
    judge(click, "Human", "NoMachine");
    judge(click, "Human", "NoMachine");
    LocalDate day = LocalDate.ofInstant(click.at(), ZoneOffset.UTC);
    assertThat(events())
        .containsExactly(
            "1001 email_clicked {\"run\": \"run\", \"link\": 1, \"verdict\": \"Human\", \"campaign\":"
                + " \"sale\"}");

    store.verdicts().change(List.of(new HitVerdict(day, click.id(), "Scanner", "Network")), 2);

    assertThat(events()).singleElement().asString().contains("\"verdict\": \"Scanner\"");
    assertThat(
            tables.texts(
                "select verdict || ' ' || reason || ' ' || rules || ' ' || hits from engagement"))
        .containsExactly("Scanner Network 2 1");
    assertThat(tables.count("select count(*) from event_other")).isZero();
  }

  private static List<String> events() {
    return tables.texts("select concat_ws(' ', profile_id, name, properties) from event");
  }

  @Test
  void whatTwoPeopleDidIsOfOneWhenTheyAreMerged() {
    Hit first = hit(HitKind.Click, ADA);
    Hit second = hit(HitKind.Click, BEA);
    web.hits().append(List.of(first, second));
    judge(first, "Human", "NoMachine");
    judge(second, "Human", "NoMachine");
    tables.execute(
        "insert into identity values ('customer_id', 'C-1', 1001), ('email', 'bea@example.com', 1002)");

    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer_id", List.of("email"))) {
      load.add(new LoadedProfile("row 1", "C-1", Map.of("email", "bea@example.com"), Map.of()));
      load.commit();
    }

    assertThat(tables.texts("select verdict || ' ' || hits from engagement"))
        .containsExactly("Human 2");
    assertThat(tables.count("select count(distinct profile_id) from hit")).isEqualTo(1);
    assertThat(tables.count("select count(distinct profile_id) from event")).isEqualTo(1);
    assertThat(events()).hasSize(2);
  }

  @Test
  void daysPastTheirTimeGoAsAWhole() {
    Instant now = Instant.now();
    web.hits()
        .append(
            List.of(
                hit(HitKind.Click, ADA, now),
                hit(HitKind.Click, ADA, now.minus(Duration.ofDays(29))),
                hit(HitKind.Click, ADA, now.minus(Duration.ofDays(32)))));

    assertThat(store.pruning().apply(null, true).hits()).hasSize(1);
    assertThat(store.pruning().apply(null, false).hits()).hasSize(1);
    assertThat(tables.count("select count(*) from hit")).isEqualTo(2);
    Retention days = new Retention(null, null, null, "7d");
    assertThat(store.pruning().apply(days, false).hits()).hasSize(1);
    assertThat(tables.count("select count(*) from hit")).isEqualTo(1);
    assertThat(tables.texts("select action from audit")).contains("retention.applied");
  }

  @Test
  void whatIsFarTooOldIsRefusedAsAWhole() {
    Hit old = hit(HitKind.Click, ADA, Instant.now().minus(Duration.ofDays(50)));

    assertThatThrownBy(() -> web.hits().append(List.of(old, hit(HitKind.Click, ADA))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.Failed));
    assertThat(stored()).isEmpty();
  }

  @Test
  void linksAreFoundByRun() {
    assertThat(web.hits().targets(RUN))
        .containsExactly(
            new LinkTarget(0, "sale", List.of("https://shop.example/")),
            new LinkTarget(1, "sale", List.of("https://shop.example/p/", "?x=1")));
    assertThat(web.hits().targets(1)).isEmpty();
    assertThat(web.hits().targetsOfLast(60)).containsOnlyKeys(RUN);
    tables.execute("update run set frozen_at = now() - interval '1 hour'");
    assertThat(web.hits().targetsOfLast(60)).isEmpty();
  }

  @Test
  void anAddressNeedsExactlyItsValues() {
    LinkTarget target = new LinkTarget(1, "sale", List.of("https://shop.example/p/", "?x=1"));

    assertThat(target.with(List.of("42"))).contains("https://shop.example/p/42?x=1");
    assertThat(target.with(List.of())).isEmpty();
    assertThat(target.with(List.of("1", "2"))).isEmpty();
  }
}
