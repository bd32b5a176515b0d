package dev.lettershop.store.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.store.bounce.HeldBounces.Decision;
import dev.lettershop.store.bounce.RecordedBounce.Effect;
import dev.lettershop.store.database.StoreSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BounceLogTest {
  private static final SoftLimit LIMIT = new SoftLimit(3, Duration.ofDays(30));

  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(ProfileSchema.of(List.of(), List.of()));
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws Exception {
    tables.close();
    store.close();
  }

  @BeforeEach
  void fill() {
    tables.clear();
    tables.execute(
        """
        insert into profile (id, email, email_key) overriding system value
        values (1, 'ada@example.com', 'ada@example.com'), (2, 'bea@example.com', 'bea@example.com')
        """);
    tables.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic)
        select n, 'shop', 'sale', 'run-' || n, 'h', '{}', false, 'Skip', 3, 'newsletter'
        from generate_series(1, 9) n
        """);
    tables.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source)
        values (1, 'newsletter', now() - interval '1 day', 'Granted', 'form')
        """);
    tables.execute(
        """
        insert into consent_state (profile_id, topic, status, occurred_at)
        select profile_id, topic, status, occurred_at from consent
        """);
  }

  private static int check(String address) {
    return ByteBuffer.wrap(EmailKey.hash(address)).getInt();
  }

  private static Bounce bounce(long run, BounceKind kind) {
    return new Bounce(run, 1, check("ada@example.com"), null, kind, "5.1.1");
  }

  private static RecordedBounce record(Bounce bounce) {
    return store.bounces().record("ses", List.of(bounce), LIMIT).get(0);
  }

  private static List<String> suppressed() {
    return tables.texts("select reason from suppression");
  }

  private static boolean isSuppressed(String address) {
    return tables.count(
            """
            select count(*) from suppression s join store_salt t
              on s.address_hash = sha256(t.value || convert_to(?, 'UTF8'))
            """,
            address)
        == 1;
  }

  @Test
  void aHardBounceSuppressesTheAddressAndSaysSoInTheAudit() {
    assertThat(record(bounce(1, BounceKind.Hard))).isEqualTo(new RecordedBounce(Effect.New, true));

    assertThat(isSuppressed("ada@example.com")).isTrue();
    assertThat(suppressed()).containsExactly("HardBounce");
    assertThat(tables.text("select action || ' ' || actor || ' ' || profile_id from audit"))
        .isEqualTo("suppression.added bounces 1");
    assertThat(tables.text("select detail::text from audit")).doesNotContain("@");
  }

  @Test
  void theSameMessageReadTwiceChangesNothing() {
    record(bounce(1, BounceKind.Complaint));

    assertThat(record(bounce(1, BounceKind.Complaint)))
        .isEqualTo(new RecordedBounce(Effect.Repeated, false));
    assertThat(tables.count("select count(*) from bounce")).isOne();
    assertThat(tables.count("select count(*) from consent where status = 'Withdrawn'")).isOne();
    assertThat(tables.count("select count(*) from audit")).isOne();
  }

  @Test
  void softBouncesSuppressOnlyWhenTheyGoOn() {
    record(bounce(1, BounceKind.Soft));
    record(bounce(1, BounceKind.Soft));
    record(bounce(2, BounceKind.Soft));
    assertThat(suppressed()).as("two deliveries").isEmpty();

    assertThat(record(bounce(3, BounceKind.Soft)).suppressed()).isTrue();
    assertThat(suppressed()).containsExactly("SoftBounces");
  }

  @Test
  void oldSoftBouncesDoNotCount() {
    record(bounce(1, BounceKind.Soft));
    record(bounce(2, BounceKind.Soft));
    tables.execute("update bounce set recorded_at = now() - interval '31 days'");

    record(bounce(3, BounceKind.Soft));

    assertThat(suppressed()).isEmpty();
  }

  @Test
  void aRefusalByPolicySaysNothingAboutTheAddress() {
    assertThat(record(bounce(1, BounceKind.Policy)))
        .isEqualTo(new RecordedBounce(Effect.New, false));
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void aComplaintSuppressesAndWithdrawsTheConsentToTheTopicOfTheRun() {
    record(bounce(1, BounceKind.Complaint));

    assertThat(suppressed()).containsExactly("Complaint");
    assertThat(tables.text("select status from consent_state where profile_id = 1"))
        .isEqualTo("Withdrawn");
    assertThat(tables.text("select source from consent where status = 'Withdrawn'"))
        .isEqualTo("complaint");
  }

  @Test
  void anAddressThatHasChangedSinceIsNotSuppressedInPlaceOfTheOldOne() {
    tables.execute("update profile set email_key = 'new@example.com' where id = 1");

    record(bounce(1, BounceKind.Hard));
    assertThat(suppressed()).as("nobody knows the old one").isEmpty();
    Bounce reported =
        new Bounce(2, 1, check("ada@example.com"), "Ada@Example.com", BounceKind.Hard, "5.1.1");
    record(reported);

    assertThat(isSuppressed("ada@example.com")).isTrue();
    assertThat(isSuppressed("new@example.com")).isFalse();
  }

  @Test
  void whatAMessageReportsCannotSuppressSomebodyElse() {
    record(new Bounce(1, 1, check("ada@example.com"), "bea@example.com", BounceKind.Hard, null));

    assertThat(isSuppressed("bea@example.com")).isFalse();
    assertThat(isSuppressed("ada@example.com")).isTrue();
  }

  @Test
  void aRunThatIsNotOfThisStoreIsLeftAlone() {
    assertThat(record(bounce(4711, BounceKind.Hard)).effect()).isEqualTo(Effect.Stranger);
    assertThat(tables.count("select count(*) from bounce")).isZero();
  }

  @Test
  void aBounceForAProfileThatIsGoneIsStillKnown() {
    tables.execute("delete from profile where id = 1");

    RecordedBounce recorded =
        record(
            new Bounce(
                1, 1, check("ada@example.com"), "ada@example.com", BounceKind.Complaint, null));

    assertThat(recorded).isEqualTo(new RecordedBounce(Effect.New, true));
    assertThat(tables.count("select count(*) from consent where status = 'Withdrawn'")).isZero();
  }

  /** Makes people and records a hard bounce of each. */
  private static long bounceHard(int from, int count, String domain, String diagnostic) {
    tables.execute(
        """
        insert into profile (id, email, email_key) overriding system value
        select n, 'p' || n || '@%1$s', 'p' || n || '@%1$s' from generate_series(%2$d, %3$d) n
        """
            .formatted(domain, from, from + count - 1));
    List<Bounce> bounces =
        IntStream.range(from, from + count)
            .mapToObj(
                n ->
                    Bounce.of(
                        1, n, "p" + n + "@" + domain, BounceKind.Hard, "550 5.1.1", diagnostic))
            .toList();
    return store.bounces().record("ses", bounces, LIMIT).stream()
        .filter(RecordedBounce::suppressed)
        .count();
  }

  private static void age(String interval) {
    tables.execute("update bounce set recorded_at = recorded_at - interval '" + interval + "'");
  }

  private static void sent(long mails) {
    tables.execute(
        "insert into lease (run_id, shard, owner, locked, expires_at, sent)"
            + " values (1, 0, 'test', false, now(), "
            + mails
            + ")");
  }

  @Test
  void aDomainWhoseHardBouncesJumpIsHeldAndWhatWasSuppressedForItIsLifted() {
    assertThat(bounceHard(100, 19, "big.example", "a")).isEqualTo(19);
    assertThat(bounceHard(200, 5, "other.example", "b")).isEqualTo(5);

    assertThat(bounceHard(119, 1, "big.example", "c")).isZero();

    assertThat(isSuppressed("p100@big.example")).isFalse();
    assertThat(isSuppressed("p119@big.example")).isFalse();
    assertThat(isSuppressed("p200@other.example")).isTrue();
    assertThat(store.heldBounces().count()).isEqualTo(20);
    assertThat(store.heldBounces().list())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.domain()).isEqualTo("big.example");
              assertThat(group.code()).isEqualTo("550 5.1.1");
              assertThat(group.addresses()).isEqualTo(20);
            });
    assertThat(tables.text("select detail::text from audit where action = 'suppressions.held'"))
        .contains("\"addresses\": 20", "\"lifted\": 19")
        .doesNotContain("@");
  }

  @Test
  void oneRefusalOfManyDomainsIsHeldToo() {
    for (int i = 0; i < 20; i++) {
      bounceHard(100 + i, 1, "d" + i + ".example", "same");
    }

    assertThat(store.heldBounces().count()).isEqualTo(20);
    assertThat(suppressed()).isEmpty();
  }

  @Test
  void whatIsUsualForADomainIsSuppressed() {
    bounceHard(100, 19, "big.example", null);
    age("7 days");

    assertThat(bounceHard(200, 50, "big.example", null))
        .as("not three times as many")
        .isEqualTo(50);
    assertThat(bounceHard(300, 7, "big.example", null)).as("three times as many").isZero();
    assertThat(store.heldBounces().count()).isEqualTo(57);
  }

  @Test
  void aSmallPartOfTheHardBouncesOrOfTheMailIsSuppressed() {
    bounceHard(100, 25, "a.example", null);
    assertThat(store.heldBounces().count()).isEqualTo(25);
    tables.execute("truncate bounce");

    bounceHard(200, 15, "b.example", null);
    bounceHard(300, 15, "c.example", null);
    bounceHard(400, 15, "d.example", null);
    assertThat(bounceHard(220, 10, "b.example", null)).as("25 of 55").isEqualTo(10);
    tables.execute("truncate bounce");

    sent(2000);
    assertThat(bounceHard(500, 39, "e.example", null)).as("39 of 2000").isEqualTo(39);
    assertThat(bounceHard(539, 1, "e.example", null)).as("40 of 2000").isZero();
  }

  @Test
  void whatIsHeldIsSuppressedOrDroppedAsSomebodyDecides() {
    bounceHard(100, 30, "big.example", null);

    assertThat(store.heldBounces().decide("small.example", Decision.Suppressed)).isZero();
    assertThat(store.heldBounces().decide("big.example", Decision.Suppressed)).isEqualTo(30);
    assertThat(isSuppressed("p100@big.example")).isTrue();
    assertThat(bounceHard(200, 5, "big.example", null)).as("decided once").isEqualTo(5);

    assertThat(bounceHard(300, 15, "big.example", null)).as("jumps again").isZero();
    assertThat(store.heldBounces().decide(null, Decision.Dropped)).isEqualTo(20);
    assertThat(isSuppressed("p300@big.example")).isFalse();
    assertThat(store.heldBounces().count()).isZero();
    assertThat(tables.count("select count(*) from audit where action = 'suppressions.decided'"))
        .isEqualTo(2);
  }
}
