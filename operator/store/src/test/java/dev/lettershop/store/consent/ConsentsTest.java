package dev.lettershop.store.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.view.ProfileView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal is of the address: in a store that encrypts too. */
class ConsentsTest {
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute("customer_id", AttributeType.String, false),
          new Attribute("first_name", AttributeType.String, true));
  private static final Keyset KEYS = Keyset.generate();
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final String NEWS = "news";

  private ProfileSchema schema;
  private Store store;
  private Database database;
  private StoreTables tables;

  private void open(boolean encrypts) throws SQLException {
    schema = ProfileSchema.of(ATTRIBUTES, List.of(), encrypts);
    StoreSettings settings = TestServer.newDatabase();
    Vault vault = encrypts ? Vault.of(schema, KEYS::toJson) : Vault.NONE;
    store = Store.open(settings, vault);
    database = Database.open(settings, vault);
    store.migrate(schema);
    tables = new StoreTables(settings);
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
    database.close();
    store.close();
  }

  private static Instant day(int day) {
    return Instant.parse("2026-03-01T09:00:00Z").plus(Duration.ofDays(day));
  }

  /** Customers known by their number alone, as id=address. */
  private void customers(String... customers) {
    customers(List.of(), customers);
  }

  private void customers(List<String> alsoMatch, String... customers) {
    try (ProfileLoad load = store.loadProfiles("shop", schema, "customer_id", alsoMatch)) {
      for (String customer : customers) {
        String[] parts = customer.split("=");
        load.add(
            new LoadedProfile(
                "c:1",
                parts[0],
                null,
                parts.length == 1
                    ? Map.of("customer_id", parts[0])
                    : Map.of("customer_id", parts[0], "email", parts[1]),
                Map.of()));
      }
      load.commit();
    }
  }

  private void say(String kind, String value, ConsentStatus status, Instant when) {
    try (ConsentLoad load = store.loadConsents("list", kind)) {
      load.add(new LoadedConsent("l:1", value, NEWS, status, when, Map.of()));
      load.commit();
    }
  }

  private boolean sayNow(long profile, ConsentStatus status, Map<String, Object> evidence) {
    return database.transact(
        "say",
        db ->
            ConsentStatements.record(
                db, database.vault(), profile, NEWS, status, "preferences", evidence));
  }

  private Run frozen(OptIn optIn) {
    Run run =
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
    return store
        .freezer()
        .freeze(
            run,
            FreezeRequest.builder(schema)
                .include(
                    List.of(
                        new RuleCompiler(schema, Map.of())
                            .compile("has(profile.customer_id)")
                            .rule()))
                .topic(NEWS)
                .optIn(optIn)
                .experiment("shop/sale")
                .build())
        .run();
  }

  /** Numbers of the customers that a run mails. */
  private Set<String> mailed(Run run) {
    Set<String> mailed = new TreeSet<>();
    ProfileView view = new ProfileView(schema, Set.of("customer_id"), Set.of());
    try (Lease lease = store.ledger().lease(run, 0, 1, "test", Duration.ofMinutes(1))) {
      List<Recipient> recipients;
      while (!(recipients = store.ledger().claim(lease, 10, view)).isEmpty()) {
        recipients.forEach(r -> mailed.add((String) r.profile().attributes().get("customer_id")));
      }
    }
    return mailed;
  }

  private Set<String> mailed(OptIn optIn) {
    return mailed(frozen(optIn));
  }

  private long profile(String customer) {
    return store.profiles().find("customer_id", customer).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListOfUnsubscribedAddressesCountsForCustomersKnownByTheirNumber(boolean encrypts)
      throws SQLException {
    open(encrypts);
    say("email", "Ada@Example.com", ConsentStatus.Withdrawn, day(1));
    customers("1=ada@example.com", "2=bob@example.com", "3=ADA@example.com");
    say("customer_id", "3", ConsentStatus.Granted, day(0));

    assertThat(mailed(OptIn.Implied)).containsExactly("2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofTwoCustomersWithOneAddressBothHaveWithdrawnWhenOneHas(boolean encrypts)
      throws SQLException {
    open(encrypts);
    customers("1=ada@example.com", "2=ada@example.com", "3=bob@example.com");
    for (String customer : List.of("1", "2", "3")) {
      say("customer_id", customer, ConsentStatus.Granted, day(0));
    }
    assertThat(mailed(OptIn.Single)).containsExactly("1", "3");

    say("customer_id", "2", ConsentStatus.Withdrawn, day(1));

    assertThat(mailed(OptIn.Single)).containsExactly("3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWithdrawnAfterTheFreezeCountsAtTheClaimForAllWithTheAddress(boolean encrypts)
      throws SQLException {
    open(encrypts);
    customers("1=ada@example.com", "2=ada@example.com", "3=bob@example.com", "4=eve@example.com");
    Run run = frozen(OptIn.Implied);

    assertThat(sayNow(profile("2"), ConsentStatus.Withdrawn, Map.of())).isTrue();
    say("email", "eve@example.com", ConsentStatus.Denied, day(1));

    assertThat(mailed(run)).containsExactly("3");
    assertThat(store.ledger().counts(run).skipped()).containsEntry("noConsent", 2L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLaterGrantCountsForTheProfileThatGaveItAndForNoOther(boolean encrypts) throws SQLException {
    open(encrypts);
    customers("1=ada@example.com", "2=ada@example.com", "3=ada@example.com");
    say("customer_id", "1", ConsentStatus.Withdrawn, day(2));
    say("customer_id", "2", ConsentStatus.Granted, day(2));
    say("customer_id", "3", ConsentStatus.Granted, day(1));
    assertThat(mailed(OptIn.Implied)).isEmpty();

    say("customer_id", "2", ConsentStatus.Granted, day(3));
    assertThat(mailed(OptIn.Implied)).containsExactly("2");
    assertThat(store.consents().of(profile("3")))
        .containsExactly(
            new TopicConsent(NEWS, ConsentStatus.Granted, day(1), profile("1"), day(2)));
    assertThat(store.consents().of(profile("3")).get(0).allows(OptIn.Implied)).isFalse();
    assertThat(store.consents().of(profile("2")).get(0).allows(OptIn.Double)).isTrue();
    assertThat(store.consents().of(profile("1")).get(0).allows(OptIn.Implied)).isFalse();

    // The refusal itself is taken back, so nothing stands against the address any more.
    say("customer_id", "1", ConsentStatus.Granted, day(4));
    assertThat(mailed(OptIn.Single)).containsExactly("1");
    assertThat(tables.count("select count(*) from opt_out")).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPendingConsentLiftsNoRefusalOfAnother(boolean encrypts) throws SQLException {
    open(encrypts);
    customers("1=ada@example.com", "2=ada@example.com");
    say("customer_id", "1", ConsentStatus.Denied, day(1));
    say("customer_id", "2", ConsentStatus.Pending, day(2));

    assertThat(mailed(OptIn.Implied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAddressThatARefusalNamesIsMeantWhoeverHasItNow(boolean encrypts) throws SQLException {
    open(encrypts);
    customers(List.of("email"), "1=ada@example.com");
    customers(List.of(), "1=ada.new@example.com", "2=ada@example.com", "3=ada.new@example.com");

    say("email", "ada@example.com", ConsentStatus.Withdrawn, day(1));

    assertThat(mailed(OptIn.Implied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusalFollowsItsPersonToANewAddress(boolean encrypts) throws SQLException {
    open(encrypts);
    customers("1", "2=ada@example.com", "3=eve@example.com");
    say("customer_id", "1", ConsentStatus.Withdrawn, day(1));
    assertThat(mailed(OptIn.Implied)).containsExactly("2", "3");

    customers("1=ada@example.com");
    assertThat(mailed(OptIn.Implied)).containsExactly("3");

    customers("1=eve@example.com");
    assertThat(mailed(OptIn.Implied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mergedProfilesAreOnePersonOfWhomTheLatestStatementCounts(boolean encrypts)
      throws SQLException {
    open(encrypts);
    customers("1=ada@example.com", "2=ada@example.com");
    say("customer_id", "1", ConsentStatus.Withdrawn, day(1));
    say("customer_id", "2", ConsentStatus.Granted, day(2));
    customers(List.of("email"), "1=ada@example.com", "2=ada@example.com");

    assertThat(tables.count("select count(*) from profile")).isEqualTo(1);
    assertThat(tables.count("select count(*) from opt_out")).isZero();
    assertThat(mailed(OptIn.Single)).hasSize(1);

    say("customer_id", "2", ConsentStatus.Withdrawn, day(3));
    customers("3=ada@example.com");
    assertThat(mailed(OptIn.Implied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoIsForgottenLeavesNoRefusalBehindButASuppression(boolean encrypts) throws SQLException {
    open(encrypts);
    customers("1=ada@example.com", "2=ada@example.com");
    say("customer_id", "1", ConsentStatus.Withdrawn, day(1));

    store.personErasure().forget(profile("1"), schema, "test", false);

    assertThat(tables.count("select count(*) from opt_out")).isZero();
    assertThat(mailed(OptIn.Implied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStatementWithEvidenceIsKeptAndOneOfAStrangerIsNot(boolean encrypts) throws SQLException {
    open(encrypts);
    customers("1=ada@example.com");
    Map<String, Object> evidence = Map.of("form", "footer", "ip_address", "192.0.2.7");

    assertThat(sayNow(profile("1"), ConsentStatus.Granted, evidence)).isTrue();
    assertThat(sayNow(999_999, ConsentStatus.Granted, evidence)).isFalse();

    List<Map<String, Object>> history = new ArrayList<>(store.consentHistory().of(profile("1")));
    assertThat(history).hasSize(1);
    assertThat(history.get(0).get("evidence").toString())
        .isEqualTo("{\"form\":\"footer\",\"ip_address\":\"192.0.2.7\"}");
    assertThat(tables.text("select evidence::text from consent").contains("192.0.2.7"))
        .isEqualTo(!encrypts);
    assertThat(tables.count("select count(*) from consent")).isEqualTo(1);
  }
}
