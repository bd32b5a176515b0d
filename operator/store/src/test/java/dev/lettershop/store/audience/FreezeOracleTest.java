package dev.lettershop.store.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audience.AudienceFreezer.Members;
import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import dev.lettershop.store.consent.ConsentStates;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.pace.ContactPolicy;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The one statement that decides an audience, against a plain loop over random people. */
class FreezeOracleTest {
  private static final SuppressionCause CAUSE =
      SuppressionCause.decided(SuppressionReason.Complaint, "test", null);

  private static final int PEOPLE = 400;
  private static final List<VariantWeight> VARIANTS =
      List.of(new VariantWeight("a", 3), new VariantWeight("b", 1));
  private static final String[] ZONES = {
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Nowhere/Land", null
  };
  private static final String[] STATUSES = {"Granted", "Pending", "Denied", "Withdrawn", null};

  private static Store store;
  private static Database database;
  private static StoreTables tables;

  /** One made-up person, and what is to become of them. */
  private static final class Person {
    long id;
    String address;
    String zone;
    String status;
    Instant saidAt;
    boolean excluded;
    int mails;
    boolean wanted;
    String reason;
    String variant;
    Instant due;

    String decision() {
      return reason != null ? reason : "planned " + variant + " " + due;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(ProfileSchema.of(List.of(), List.of()));
    database = Database.open(settings);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws Exception {
    tables.close();
    database.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    tables.clear();
  }

  @RepeatedTest(12)
  void everybodyGetsWhatAPlainLoopSays(RepetitionInfo round) throws Exception {
    Random random = new Random(round.getCurrentRepetition());
    OptIn optIn = OptIn.values()[random.nextInt(OptIn.values().length)];
    int holdout = random.nextBoolean() ? 0 : 20;
    ContactPolicy politeness = politeness(random);
    List<Person> people = people(random, politeness);
    store.suppressions().add(List.of("p7@a.example", "p8@b.example"), CAUSE);
    store.suppressions().addDomain("c.example", CAUSE);
    Run run = begun("decided");
    String excluded =
        "p.id = any(array["
            + String.join(",", people.stream().filter(p -> p.excluded).map(p -> "" + p.id).toList())
            + "]::bigint[])";

    FreezeResult result =
        new AudienceFreezer(database)
            .freeze(
                run,
                FreezeRequest.builder(ProfileSchema.of(List.of(), List.of()))
                    .topic("news")
                    .optIn(optIn)
                    .experiment("shop/sale")
                    .variants(VARIANTS)
                    .holdoutPercent(holdout)
                    .politeness(politeness)
                    .build(),
                now ->
                    new Members(
                        List.of(DSL.condition("p.id % 10 <> 0")),
                        List.of(DSL.condition(excluded))));

    decide(people, optIn, holdout, politeness, result.run().frozenAt());
    Map<Long, String> expected = new HashMap<>();
    people.stream()
        .filter(p -> p.id % 10 != 0)
        .forEach(person -> expected.put(person.id, person.decision()));
    assertThat(decisions(run)).isEqualTo(expected);
    assertThat(result.selected())
        .isEqualTo(expected.values().stream().filter(d -> d.startsWith("planned")).count());
  }

  private static ContactPolicy politeness(Random random) {
    LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
    LocalTime to = from.plusMinutes(1 + random.nextInt(1438));
    return new ContactPolicy(
        50,
        random.nextInt(4) == 0
            ? null
            : new ContactPolicy.Cap(
                1 + random.nextInt(3), Duration.ofHours(1 + random.nextInt(48))),
        random.nextInt(4) == 0 ? null : new ContactPolicy.Quiet(from, to),
        random.nextBoolean() ? null : to.plusMinutes(random.nextInt(5)),
        random.nextBoolean() ? "UTC" : "Asia/Tokyo");
  }

  private static List<Person> people(Random random, ContactPolicy politeness) {
    List<Person> people = new ArrayList<>();
    Map<Long, Run> runs = new HashMap<>();
    Instant now = Instant.now();
    for (int i = 1; i <= PEOPLE; i++) {
      Person person = new Person();
      person.id = i;
      person.address =
          random.nextInt(20) == 0
              ? null
              : "p" + random.nextInt(PEOPLE) + "@" + (char) ('a' + random.nextInt(4)) + ".example";
      person.zone = ZONES[random.nextInt(ZONES.length)];
      person.status = STATUSES[random.nextInt(10) < 6 ? 0 : random.nextInt(STATUSES.length)];
      person.excluded = random.nextInt(10) == 0;
      tables.execute(
          "insert into profile (id, email, email_key, time_zone) values (?, ?, ?, ?)",
          person.id,
          person.address,
          person.address,
          person.zone);
      if (person.status != null) {
        person.saidAt = now.minus(Duration.ofDays(1 + random.nextInt(5)));
        tables.execute(
            """
            insert into consent (profile_id, topic, occurred_at, status, source)
            values (?, 'news', ?::timestamptz, ?, 'form')
            """,
            person.id,
            person.saidAt.toString(),
            person.status);
      }
      people.add(person);
    }
    database.transact(
        "work consents out",
        db -> {
          ConsentStates.rebuild(db, "select id from profile");
          return null;
        });
    Duration window = politeness.cap() == null ? Duration.ofHours(1) : politeness.cap().per();
    for (int i = 0; i < 6; i++) {
      int priority = 20 + 20 * i;
      boolean dry = i == 5;
      Run other = begun("other-" + i);
      runs.put(other.id(), other);
      tables.execute(
          "update run set state = 'Frozen', topic = 'news', frozen_at = now(), priority = ?, dry_run = ?"
              + " where id = ?",
          priority,
          dry,
          other.id());
      for (Person person : people) {
        mail(random, person, other, now, window, dry ? -1 : priority);
      }
    }
    return people;
  }

  /** A row of another run, and whether it counts. */
  private static void mail(
      Random random, Person person, Run run, Instant now, Duration window, int priority) {
    String[] states = {"sent", "uncertain", "planned", "deferred", "failed", "skipped"};
    String state = states[random.nextInt(states.length)];
    boolean lately = random.nextInt(3) > 0;
    if (random.nextInt(3) == 0) {
      return;
    }
    tables.execute(
        """
        insert into delivery (run_id, profile_id, state, updated_at)
        values (?, ?, ?::delivery_state, ?::timestamptz)
        """,
        run.id(),
        person.id,
        state,
        now.minus(lately ? window.dividedBy(2) : window.plusMinutes(5)).toString());
    boolean went = Arrays.asList("sent", "uncertain").contains(state) && lately;
    boolean comesFirst = Arrays.asList("planned", "deferred").contains(state) && priority > 50;
    if (priority > 0 && (went || comesFirst)) {
      person.mails++;
    }
  }

  private static void decide(
      List<Person> people, OptIn optIn, int holdout, ContactPolicy politeness, Instant now)
      throws Exception {
    Set<String> taken = new HashSet<>();
    Map<String, Instant> refused = new HashMap<>();
    people.stream()
        .filter(p -> "Denied".equals(p.status) || "Withdrawn".equals(p.status))
        .filter(p -> p.address != null)
        .forEach(p -> refused.merge(p.address, p.saidAt, (a, b) -> a.isAfter(b) ? a : b));
    for (Person person : people) {
      if (person.id % 10 == 0) {
        continue;
      }
      person.reason = firstReason(person, optIn, politeness, refused.get(person.address));
      if (person.reason == null && !taken.add(person.address)) {
        person.reason = "duplicateAddress";
      }
      long draw = draw("shop/sale", person.id);
      if (person.reason == null && share(draw >>> 32, 100) < holdout) {
        person.reason = "holdout";
      }
      if (person.reason == null) {
        person.variant = share(draw, 4) < 3 ? "a" : "b";
        person.due = due(person, politeness, now);
      }
    }
  }

  private static String firstReason(
      Person person, OptIn optIn, ContactPolicy politeness, Instant refusedAt) {
    if (person.excluded) {
      return "excluded";
    }
    if (person.address == null) {
      return "noAddress";
    }
    boolean consents =
        optIn == OptIn.Implied
            ? !"Denied".equals(person.status) && !"Withdrawn".equals(person.status)
            : "Granted".equals(person.status);
    boolean grantedSince =
        "Granted".equals(person.status) && refusedAt != null && person.saidAt.isAfter(refusedAt);
    if (!consents || refusedAt != null && !grantedSince) {
      return "noConsent";
    }
    if (Set.of("p7@a.example", "p8@b.example").contains(person.address)
        || person.address.endsWith("@c.example")) {
      return "suppressed";
    }
    return politeness.cap() != null && person.mails >= politeness.cap().messages()
        ? "frequencyCap"
        : null;
  }

  private static long share(long number, long range) {
    return (number & 0xffffffffL) * range >> 32;
  }

  /** PostgreSQL's extended hash of an integer, written down anew. */
  private static long draw(String experiment, long id) throws Exception {
    byte[] name =
        MessageDigest.getInstance("SHA-256").digest(experiment.getBytes(StandardCharsets.UTF_8));
    long seed = ByteBuffer.wrap(name).getLong();
    int a = 0x9e3779b9 + 4 + 3923095;
    int b = a;
    int c = a;
    a += (int) (seed >>> 32);
    b += (int) seed;
    for (int[] turn : new int[][] {{4, 6, 8}, {16, 19, 4}}) {
      a = a - c ^ Integer.rotateLeft(c, turn[0]);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, turn[1]);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, turn[2]);
      b += a;
    }
    a += (int) id ^ (int) (id >>> 32);
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
    return (long) b << 32 | c & 0xffffffffL;
  }

  /** Null for at once. */
  private static Instant due(Person person, ContactPolicy politeness, Instant now) {
    String zone =
        person.zone == null || person.zone.startsWith("Nowhere")
            ? politeness.defaultZone()
            : person.zone;
    ZonedDateTime start = now.atZone(ZoneId.of(zone));
    if (politeness.localTime() != null) {
      ZonedDateTime tolerated = start.minus(1, ChronoUnit.HOURS);
      ZonedDateTime today = tolerated.with(politeness.localTime());
      ZonedDateTime next = today.isBefore(tolerated) ? today.plusDays(1) : today;
      start = next.isAfter(start) ? next : start;
    }
    if (politeness.quiet() != null && isQuiet(start.toLocalTime(), politeness.quiet())) {
      ZonedDateTime end = start.with(politeness.quiet().to());
      start = end.isAfter(start) ? end : end.plusDays(1);
    }
    return start.toInstant().isAfter(now) ? start.toInstant() : null;
  }

  private static boolean isQuiet(LocalTime time, ContactPolicy.Quiet quiet) {
    boolean afterBegin = !time.isBefore(quiet.from());
    boolean beforeEnd = time.isBefore(quiet.to());
    return quiet.from().isBefore(quiet.to()) ? afterBegin && beforeEnd : afterBegin || beforeEnd;
  }

  private static Map<Long, String> decisions(Run run) {
    Map<Long, String> decisions = new HashMap<>();
    tables
        .rows(
            "select profile_id, reason, variant, next_attempt_at from delivery where run_id = ?",
            run.id())
        .forEach(
            r ->
                decisions.put(
                    r.get(0, Long.class),
                    r.get(1) != null
                        ? r.get(1, String.class)
                        : "planned " + r.get(2) + " " + r.get(3, Instant.class)));
    return decisions;
  }

  private static Run begun(String name) {
    return store
        .ledger()
        .begin(
            new RunRequest(
                new RunKey("shop", "sale", name),
                "h",
                "{}",
                false,
                false,
                UncertainPolicy.Skip,
                3));
  }
}
