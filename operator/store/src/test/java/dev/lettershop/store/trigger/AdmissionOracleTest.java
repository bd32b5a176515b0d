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
import dev.lettershop.store.database.StoreSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * The one statement that decides about those who are due, against a plain loop over each person.
 */
class AdmissionOracleTest {
  private static final int PEOPLE = 40;

  /** All times are such steps apart, and now lies in the middle of one. */
  private static final Duration STEP = Duration.ofMinutes(20);

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

  private static Store store;
  private static StoreTables tables;

  /** Somebody did something; what is to become of it. */
  private static final class Entry {
    String id;
    Instant at;
    String cart;
    Integer total;
    String outcome;
  }

  private record Order(Instant at, String cart) {}

  private record Person(long id, boolean consents, List<Entry> entries, List<Order> orders) {}

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

  @RepeatedTest(8)
  void everybodyIsDecidedAboutAsALoopWould(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Instant now =
        tables
            .rows("select now()")
            .get(0)
            .get(0, Instant.class)
            .truncatedTo(ChronoUnit.SECONDS)
            .plus(STEP.dividedBy(2));
    TriggerTerms terms = terms(random);
    List<Person> people = people(random, now);
    Trigger trigger =
        store.triggers().register("shop", "cart", Trigger.Kind.Event, "cart_abandoned");
    people.forEach(person -> store(trigger, person));
    people.forEach(person -> decide(person, terms, now));

    AdmissionRequest request = request(terms);
    int limit = 1 + random.nextInt(40);
    for (int rounds = 0;
        store.triggers().admit(trigger, request, limit).end() != Admitted.End.Done;
        rounds++) {
      assertThat(rounds).isLessThan(2000);
    }

    for (Person person : people) {
      Map<String, String> expected = new TreeMap<>();
      person.entries().forEach(entry -> expected.put(entry.id, String.valueOf(entry.outcome)));
      assertThat(outcomes(person))
          .as("%s of %s with %s", person.id(), now, terms)
          .isEqualTo(expected);
    }
    assertThat(tables.count("select count(*) from delivery where state = 'planned'"))
        .isEqualTo(tables.count("select count(*) from trigger_entry where outcome = 'planned'"));
    // Everybody who was due has a row, and everybody who waits only has none.
    assertThat(
            tables.count(
                """
                select count(*) from (
                  select distinct profile_id from trigger_entry where decided_at is not null
                  except select profile_id from delivery) missing
                """))
        .isZero();
    assertThat(tables.count("select coalesce(sum(people), 0)::bigint from trigger_tally"))
        .isEqualTo(tables.count("select count(*) from trigger_entry where decided_at is not null"));
  }

  private static TriggerTerms terms(Random random) {
    TriggerTerms.Unless unless =
        random.nextInt(4) == 0
            ? null
            : new TriggerTerms.Unless(
                "order_completed",
                random.nextBoolean() ? List.of("cart") : List.of(),
                STEP.multipliedBy(random.nextInt(3)),
                List.of());
    return new TriggerTerms(
        random.nextBoolean()
            ? null
            : new RuleCompiler(SCHEMA, Map.of())
                .compileAboutEvent("cart_abandoned", "event.total > 50")
                .rule(),
        STEP.multipliedBy(random.nextInt(4)),
        unless,
        new TriggerTerms.Reentry(
            1 + random.nextInt(3),
            STEP.multipliedBy(1 + random.nextInt(6)),
            random.nextBoolean() ? "cart" : null),
        random.nextBoolean(),
        STEP.multipliedBy(1 + random.nextInt(12)));
  }

  private static AdmissionRequest request(TriggerTerms terms) {
    return new AdmissionRequest(
        FreezeRequest.builder(SCHEMA)
            .topic("news")
            .optIn(OptIn.Implied)
            .experiment("shop/cart")
            .build(),
        terms,
        new AdmissionRequest.RunTerms("sha256:0123456789", "{}", UncertainPolicy.Skip, 3));
  }

  private static List<Person> people(Random random, Instant now) {
    List<Person> people = new ArrayList<>();
    for (int i = 1; i <= PEOPLE; i++) {
      Person person = new Person(i, random.nextInt(8) > 0, new ArrayList<>(), new ArrayList<>());
      int entries = random.nextInt(7);
      for (int j = 0; j < entries; j++) {
        Entry entry = new Entry();
        entry.id = "e" + j;
        entry.at = moment(random, now);
        entry.cart = cart(random);
        entry.total = random.nextInt(5) == 0 ? null : random.nextInt(100);
        person.entries().add(entry);
      }
      for (int j = random.nextInt(3); j > 0; j--) {
        person.orders().add(new Order(moment(random, now), cart(random)));
      }
      people.add(person);
    }
    return people;
  }

  private static Instant moment(Random random, Instant now) {
    return now.minus(STEP.dividedBy(2)).minus(STEP.multipliedBy(random.nextInt(14)));
  }

  private static String cart(Random random) {
    int number = random.nextInt(4);
    return number == 0 ? null : "c" + number;
  }

  private static void store(Trigger trigger, Person person) {
    tables.execute(
        "insert into profile (id, email, email_key) values (?, ?, ?)",
        person.id(),
        "p" + person.id() + "@example.com",
        "p" + person.id() + "@example.com");
    if (!person.consents()) {
      tables.execute(
          "insert into consent_state values (?, 'news', 'Withdrawn', now())", person.id());
    }
    for (Entry entry : person.entries()) {
      tables.execute(
          """
          insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, properties)
          values (?, ?, ?, ?::timestamptz, jsonb_strip_nulls(jsonb_build_object('cart', ?::text, 'total', ?::int)))
          """,
          person.id(),
          trigger.id(),
          entry.id,
          entry.at.atOffset(ZoneOffset.UTC),
          entry.cart,
          entry.total);
    }
    for (int i = 0; i < person.orders().size(); i++) {
      Order order = person.orders().get(i);
      tables.execute(
          """
          insert into event (profile_id, name, occurred_at, id, properties)
          values (?, 'order_completed', ?::timestamptz, ?, jsonb_strip_nulls(jsonb_build_object('cart', ?::text)))
          """,
          person.id(),
          order.at().atOffset(ZoneOffset.UTC),
          "o" + i,
          order.cart());
    }
  }

  private static Map<String, String> outcomes(Person person) {
    Map<String, String> outcomes = new TreeMap<>();
    for (Record row :
        tables.rows(
            "select event_id, outcome from trigger_entry where profile_id = ?", person.id())) {
      outcomes.put(row.get(0, String.class), String.valueOf(row.get(1)));
    }
    return outcomes;
  }

  /** The same by a plain loop. */
  private static void decide(Person person, TriggerTerms terms, Instant now) {
    List<Entry> inOrder = new ArrayList<>(person.entries());
    inOrder.sort(Comparator.comparing((Entry e) -> e.at).thenComparing(e -> e.id));
    for (Entry entry : inOrder) {
      Instant due = entry.at.plus(terms.delay());
      if (!due.isAfter(now)) {
        entry.outcome = outcome(person, entry, inOrder, terms, now);
      }
    }
  }

  private static String outcome(
      Person person, Entry entry, List<Entry> all, TriggerTerms terms, Instant now) {
    if (entry.at.plus(terms.delay()).plus(terms.startingDeadline()).isBefore(now)) {
      return "late";
    }
    String key = terms.reentry().by() == null ? "" : String.valueOf(entry.cart);
    long sent = 0;
    for (Entry other : all) {
      boolean same = terms.reentry().by() == null || String.valueOf(other.cart).equals(key);
      boolean later =
          other.at.isAfter(entry.at)
              || other.at.equals(entry.at) && other.id.compareTo(entry.id) > 0;
      if (terms.restart() && same && later && !other.at.isAfter(entry.at.plus(terms.delay()))) {
        return "restarted";
      }
      boolean near =
          Duration.between(other.at, entry.at).abs().compareTo(terms.reentry().per()) < 0;
      sent += same && near && "planned".equals(other.outcome) ? 1 : 0;
    }
    if (sent >= terms.reentry().atMost()) {
      return "reentry";
    }
    if (terms.when() != null && (entry.total == null || entry.total <= 50)) {
      return "notMatching";
    }
    if (isCancelled(person, entry, terms.unless())) {
      return "cancelled";
    }
    return person.consents() ? "planned" : "noConsent";
  }

  private static boolean isCancelled(Person person, Entry entry, TriggerTerms.Unless unless) {
    return unless != null
        && person.orders().stream()
            .filter(order -> !order.at().isBefore(entry.at.minus(unless.since())))
            .anyMatch(
                order ->
                    unless.matching().isEmpty()
                        || order.cart() == null
                        || entry.cart == null
                        || order.cart().equals(entry.cart));
  }
}
