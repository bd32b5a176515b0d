package dev.lettershop.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeResult;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.view.ProfileView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that encrypts beside one that does not: nobody outside of the database can tell. */
class EncryptedStoreTest {
  private static final SuppressionCause CAUSE =
      SuppressionCause.decided(SuppressionReason.Complaint, "test", null);

  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute("first_name", AttributeType.String, true),
          new Attribute("phone", AttributeType.String, true, true),
          new Attribute("born", AttributeType.Timestamp, true),
          new Attribute("children", AttributeType.Integer, true),
          new Attribute("hobbies", AttributeType.StringList, true),
          new Attribute("city", AttributeType.String, false));
  private static final ProfileSchema CLEAR = ProfileSchema.of(ATTRIBUTES, List.of());
  private static final ProfileSchema ENCRYPTED = ProfileSchema.of(ATTRIBUTES, List.of(), true);
  private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** One of the two. */
  private record Shop(
      StoreSettings settings, ProfileSchema schema, Store store, StoreTables tables) {
    static Shop open(ProfileSchema schema, Vault vault) throws SQLException {
      StoreSettings settings = TestServer.newDatabase();
      Store store = Store.open(settings, vault);
      store.migrate(schema);
      return new Shop(settings, schema, store, new StoreTables(settings));
    }

    void close() throws SQLException {
      tables.close();
      store.close();
    }

    LoadCounts profiles(String source, String key, List<LoadedProfile> rows) {
      try (ProfileLoad load = store.loadProfiles(source, schema, key, List.of("email", "phone"))) {
        rows.forEach(load::add);
        load.quarantine("people.csv:9", "email", "is not an address", "9,zebulon.broken,Zebulon9");
        return load.commit();
      }
    }

    /** Who is mailed, with what a template sees, and how many are not for which reason. */
    Map<String, Object> mailed(String cel) {
      Rule rule = rule(cel);
      var run =
          store
              .ledger()
              .begin(
                  new RunRequest(
                      new RunKey("shop", "sale", "r" + RUNS.incrementAndGet()),
                      "h",
                      "{}",
                      false,
                      false,
                      UncertainPolicy.Skip,
                      3));
      FreezeResult frozen =
          store
              .freezer()
              .freeze(
                  run,
                  FreezeRequest.builder(schema)
                      .include(List.of(rule))
                      .topic("news")
                      .optIn(OptIn.Implied)
                      .experiment("shop/sale")
                      .build());
      Map<String, Object> seen = new TreeMap<>();
      seen.put("skipped", frozen.skipped());
      Set<String> names = Set.of("first_name", "phone", "born", "children", "hobbies", "city");
      try (Lease lease = store.ledger().lease(frozen.run(), 0, 1, "test", Duration.ofMinutes(1))) {
        List<Recipient> recipients;
        while (!(recipients =
                store.ledger().claim(lease, 7, new ProfileView(schema, names, Set.of())))
            .isEmpty()) {
          recipients.forEach(r -> seen.put(r.email(), r.profile().attributes()));
        }
      }
      return seen;
    }

    Rule rule(String cel) {
      return new RuleCompiler(schema, Map.of()).compile(cel).rule();
    }

    /** All that stands in its tables. */
    String dump() {
      StringBuilder all = new StringBuilder();
      for (String table :
          tables.texts("select tablename from pg_tables where schemaname = 'lettershop'")) {
        tables.texts("select t::text from \"" + table + "\" t").forEach(all::append);
      }
      return all.toString();
    }
  }

  private static Keyset keyset = Keyset.generate();
  private static Shop clear;
  private static Shop encrypted;

  @BeforeAll
  static void open() throws SQLException {
    clear = Shop.open(CLEAR, Vault.NONE);
    encrypted = Shop.open(ENCRYPTED, Vault.of(ENCRYPTED, () -> keyset.toJson()));
  }

  @AfterAll
  static void close() throws SQLException {
    clear.close();
    encrypted.close();
  }

  @BeforeEach
  void empty() {
    clear.tables().clear();
    encrypted.tables().clear();
  }

  private static <T> void both(Function<Shop, T> work) {
    assertThat(work.apply(encrypted)).isEqualTo(work.apply(clear));
  }

  private static String address(int person) {
    return (person % 3 == 0 ? "Zebulon." : "zebulon.") + person + "@people.example";
  }

  private static String phone(int person) {
    return "+49301" + (100000 + person);
  }

  private static LoadedProfile person(Random random, String prefix, int pool, int row) {
    int person = random.nextInt(pool);
    Map<String, Object> attributes = new HashMap<>();
    if (random.nextInt(4) > 0) {
      attributes.put("email", address(random.nextInt(8) == 0 ? random.nextInt(pool) : person));
    }
    if (random.nextInt(3) > 0) {
      attributes.put("first_name", "Zebulon" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("phone", phone(person));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("born", NOW.minusSeconds(random.nextInt(1000)));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("children", (long) random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      attributes.put("hobbies", List.of("Zebulonistics", "\"quotes\"", "a,b"));
    }
    attributes.put("city", random.nextBoolean() ? "Boston" : "Bern");
    return new LoadedProfile(
        "f:" + row,
        prefix + person,
        random.nextBoolean() ? NOW.plusSeconds(row) : null,
        attributes,
        Map.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theSameInputIsTheSameAudienceAndTheSameMail(long seed) {
    Random random = new Random(seed);
    int pool = 4 + random.nextInt(30);
    for (int batch = 0; batch < 5; batch++) {
      String source = random.nextBoolean() ? "crm" : "shop";
      List<LoadedProfile> rows = new ArrayList<>();
      for (int i = 0; i < pool; i++) {
        rows.add(person(random, source, pool, i));
      }
      both(
          shop -> {
            LoadCounts c = shop.profiles(source, source + "_id", rows);
            return List.of(c.read(), c.created(), c.changed(), c.merged(), c.quarantined());
          });
      int first = random.nextInt(pool);
      both(shop -> consents(shop, first));
      both(shop -> events(shop, first + pool));
    }
    both(shop -> shop.store().suppressions().add(List.of(address(1), address(3)), CAUSE));

    both(shop -> shop.mailed("has(profile.email) || has(profile.first_name)"));
    both(shop -> shop.mailed("profile.phone == \"" + phone(1) + "\" || profile.city == \"Bern\""));
    both(shop -> shop.mailed("!(profile.phone in [\"%s\", \"%s\"])".formatted(phone(2), phone(3))));
    both(shop -> shop.mailed("profile.phone != \"" + phone(1) + "\""));
    assertThat(encrypted.dump())
        .doesNotContainIgnoringCase("zebulon")
        .doesNotContain("+49301")
        .contains("@people.example");
    assertThat(clear.dump()).containsIgnoringCase("zebulon");
  }

  private static List<Long> consents(Shop shop, int first) {
    try (ConsentLoad load = shop.store().loadConsents("form", "email")) {
      for (int i = first; i < first + 6; i++) {
        load.add(
            new LoadedConsent(
                "c:" + i,
                address(i),
                "news",
                i % 4 == 0 ? ConsentStatus.Withdrawn : ConsentStatus.Granted,
                NOW.plusSeconds(i),
                Map.of("form", "footer")));
      }
      LoadCounts c = load.commit();
      return List.of(c.read(), c.created());
    }
  }

  private static List<Long> events(Shop shop, int first) {
    try (EventLoad load = shop.store().loadEvents("web", "email")) {
      for (int i = first; i < first + 4; i++) {
        load.add(new LoadedEvent("e:" + i, null, address(i), "viewed", NOW, Map.of()));
      }
      LoadCounts c = load.commit();
      return List.of(c.read(), c.created());
    }
  }

  private static List<LoadedProfile> people(int count) {
    return Stream.iterate(1, i -> i + 1)
        .limit(count)
        .map(
            i ->
                new LoadedProfile(
                    "f:" + i,
                    "c" + i,
                    Map.of("email", address(i), "first_name", "Zebulon", "phone", phone(i)),
                    Map.of()))
        .toList();
  }

  @Test
  void readingTheSameAgainChangesNothingAndMakesNoKeys() {
    encrypted.profiles("crm", "customer_id", people(20));
    String before =
        encrypted.tables().text("select string_agg(p::text, '' order by id) from profile p");

    LoadCounts again = encrypted.profiles("crm", "customer_id", people(20));

    assertThat(again.changed()).isZero();
    assertThat(encrypted.tables().count("select count(*) from person_key")).isEqualTo(20);
    assertThat(encrypted.tables().text("select string_agg(p::text, '' order by id) from profile p"))
        .isEqualTo(before);
  }

  @Test
  void equalValuesOfTwoPeopleLookDifferentUnlessDeterministic() {
    List<LoadedProfile> rows =
        List.of(
            new LoadedProfile("1", "a", Map.of("first_name", "Zebulon", "city", "Bern"), Map.of()),
            new LoadedProfile("2", "b", Map.of("first_name", "Zebulon", "city", "Bern"), Map.of()));
    try (ProfileLoad load =
        encrypted.store().loadProfiles("crm", ENCRYPTED, "id_of_crm", List.of())) {
      rows.forEach(load::add);
      load.commit();
    }

    assertThat(encrypted.tables().count("select count(distinct first_name) from profile"))
        .isEqualTo(2);
    assertThat(encrypted.tables().count("select count(distinct left(first_name, 12)) from profile"))
        .isEqualTo(2);
  }

  @Test
  void withoutItsKeyWhatAPersonSealedIsUnreadable() {
    encrypted.profiles("crm", "customer_id", people(1));
    encrypted.tables().execute("delete from person_key");

    assertThatThrownBy(() -> encrypted.mailed("has(profile.email)"))
        .isInstanceOf(KeysetException.class)
        .hasMessageContaining("erased")
        .hasMessageNotContaining("zebulon");
  }

  @Test
  void afterARotationBothOldAndNewAreReadAndFound() {
    Keyset old = keyset;
    encrypted.profiles("crm", "customer_id", people(3));
    try {
      keyset = keyset.rotated();
      try (Store rotated = Store.open(encrypted.settings(), Vault.of(ENCRYPTED, keyset::toJson))) {
        Shop now = new Shop(encrypted.settings(), ENCRYPTED, rotated, encrypted.tables());
        now.profiles("crm", "customer_id", people(6).subList(3, 6));

        assertThat(now.mailed("profile.phone in [\"%s\", \"%s\"]".formatted(phone(1), phone(5))))
            .containsKeys(address(1), address(5))
            .hasSize(3);
      }
      // The one with the earlier keys looks into the Secret again.
      assertThat(encrypted.mailed("has(profile.email)")).hasSize(7);
    } finally {
      keyset = old;
      clear.tables().clear();
    }
  }

  @Test
  void otherKeysThanThoseThatEncryptedAreRefusedInWords() {
    encrypted.profiles("crm", "customer_id", people(1));
    Keyset other = Keyset.generate();

    try (Store store = Store.open(encrypted.settings(), Vault.of(ENCRYPTED, other::toJson))) {
      Shop shop = new Shop(encrypted.settings(), ENCRYPTED, store, encrypted.tables());
      assertThatThrownBy(() -> shop.mailed("has(profile.email)"))
          .isInstanceOf(KeysetException.class)
          .hasMessageContaining("keep every key that was ever primary");
    }
  }

  @Test
  void clearTextAndCipherTextNeverStandInOneColumn() throws SQLException {
    encrypted.profiles("crm", "customer_id", people(1));
    clear.profiles("crm", "customer_id", people(1));

    try (Store turnedOff = Store.open(encrypted.settings())) {
      assertThatThrownBy(() -> turnedOff.migrate(CLEAR))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("first_name")
          .hasMessageContaining("keep spec.encryption");
    }
    try (Store turnedOn =
        Store.open(clear.settings(), Vault.of(ENCRYPTED, () -> keyset.toJson()))) {
      assertThatThrownBy(() -> turnedOn.migrate(ENCRYPTED))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("email");
    }
  }
}
