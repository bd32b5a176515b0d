package dev.lettershop.store.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.preference.Confirmations.State;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.view.ProfileView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignUpsTest {
  private static final SuppressionCause CAUSE =
      SuppressionCause.decided(SuppressionReason.Complaint, "test", null);

  private static final Duration THREE_DAYS = Duration.ofHours(72);
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(new Attribute("first_name", AttributeType.String, true, null)), List.of());
  private static final SignUpTerms TERMS =
      new SignUpTerms(
          "shop",
          "web",
          SCHEMA,
          Map.of("newsletter", OptIn.Double, "offers", OptIn.Single, "orders", OptIn.Implied),
          "sha256:1",
          5);

  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
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
  void clear() {
    tables.clear();
  }

  private static void signUp(String address, String name, String... topics) {
    store
        .signUps()
        .receive(
            "shop",
            "web",
            new SignUp(
                "footer",
                address,
                List.of(topics),
                "de",
                Map.of("first_name", name),
                Map.of("wording", "Yes, news please.", "ip", "203.0.113.9")));
    assertThat(store.signUps().take(TERMS, 100)).isOne();
  }

  private static long ada() {
    return tables.count("select profile_id from identity where value = 'ada@example.com'");
  }

  private static Map<String, ConsentStatus> consents() {
    return store.preferences().read(0, ada()).orElseThrow().consents();
  }

  private static List<Run> runs() {
    Ledger ledger = store.ledger();
    return store.signUps().runs(TERMS).stream().map(key -> ledger.find(key).orElseThrow()).toList();
  }

  private static Confirmations.Request read(Run run) {
    return store.confirmations().read(run.id(), ada(), THREE_DAYS, Instant.now());
  }

  private static Confirmations.Request confirm(Run run) {
    return store
        .confirmations()
        .confirm(
            run.id(), ada(), THREE_DAYS, Instant.now(), Map.of("confirmed_ip", "198.51.100.4"));
  }

  private static List<Recipient> send(Run run) {
    Ledger ledger = store.ledger();
    try (Lease lease = ledger.lease(run, 0, 1, "test", Duration.ofSeconds(30))) {
      List<Recipient> recipients =
          ledger.claim(lease, 10, new ProfileView(SCHEMA, Set.of("first_name"), Set.of()));
      List<Long> ids = recipients.stream().map(Recipient::profileId).toList();
      ledger.markSending(lease, ids);
      ledger.record(lease, ids.stream().map(Outcome::sent).toList());
      return recipients;
    }
  }

  @Test
  void aSignUpWaitsUntilItIsConfirmedAndKeepsAllEvidence() {
    signUp("Ada@Example.com", "Ada", "newsletter");

    assertThat(consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Pending));
    Run run = runs().get(0);
    assertThat(run.key().campaign()).isEqualTo("sign-up_web");
    assertThat(store.signUps().isDue(run)).isTrue();
    List<Recipient> mailed = send(run);
    assertThat(mailed).singleElement().extracting(Recipient::email).isEqualTo("Ada@Example.com");
    assertThat(store.signUps().isDue(run)).isFalse();
    assertThat(read(run))
        .isEqualTo(
            new Confirmations.Request(
                State.Open, Set.of("newsletter"), Set.of("Yes, news please.")));

    confirm(run);

    assertThat(consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Granted));
    assertThat(
            tables.text(
                """
                select concat_ws(' ', source, evidence ->> 'wording', evidence ->> 'ip',
                  evidence ->> 'confirmed_ip', evidence ->> 'confirmation_run' = ?::text,
                  jsonb_exists(evidence, 'mail_sent_at'), evidence ->> 'mail_plan')
                from consent where status = 'Granted'
                """,
                run.id()))
        .isEqualTo("sign-up/footer Yes, news please. 203.0.113.9 198.51.100.4 t t sha256:1");
    assertThat(tables.count("select count(*) from sign_up")).isZero();
  }

  @Test
  void confirmingTwiceAnswersTheSameAndRecordsOnce() {
    signUp("ada@example.com", "Ada", "newsletter");
    Run run = runs().get(0);

    assertThat(confirm(run).state()).isEqualTo(State.Open);
    assertThat(confirm(run).state()).isEqualTo(State.Confirmed);

    assertThat(tables.count("select count(*) from consent where status = 'Granted'")).isOne();
    assertThat(read(run).topics()).containsExactly("newsletter");
  }

  @Test
  void aLinkIsOverAfterItsTimeAndAfterANewerChoice() {
    signUp("ada@example.com", "Ada", "newsletter");
    Run run = runs().get(0);
    Instant late = Instant.now().plus(THREE_DAYS).plusSeconds(1);
    assertThat(store.confirmations().confirm(run.id(), ada(), THREE_DAYS, late, Map.of()).state())
        .isEqualTo(State.Over);

    store.preferences().say(ada(), Map.of("newsletter", ConsentStatus.Withdrawn), "p", Map.of());

    assertThat(confirm(run).state()).isEqualTo(State.Over);
    assertThat(consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Withdrawn));
  }

  @Test
  void whoeverHasConfirmedAndWithdrawnIsNotGrantedAgainByTheOldLink() {
    signUp("ada@example.com", "Ada", "newsletter");
    Run run = runs().get(0);
    confirm(run);
    store.preferences().say(ada(), Map.of("newsletter", ConsentStatus.Withdrawn), "p", Map.of());

    assertThat(confirm(run).state()).isEqualTo(State.Over);
    assertThat(consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Withdrawn));
  }

  @Test
  void whoeverDidNotSignUpDenies() {
    signUp("ada@example.com", "Ada", "newsletter");
    Run run = runs().get(0);

    store.confirmations().decline(run.id(), ada(), THREE_DAYS, Instant.now(), Map.of());

    assertThat(consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Denied));
    assertThat(read(run).state()).isEqualTo(State.Over);
  }

  @Test
  void aStrangerEndsNoConsentAndChangesNobodysName() {
    signUp("ada@example.com", "Ada", "newsletter");
    confirm(runs().get(0));

    signUp("ada@example.com", "Mallory", "newsletter", "orders", "nothing-of-ours");

    assertThat(consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Granted));
    assertThat(tables.text("select first_name from profile")).isEqualTo("Ada");
  }

  @Test
  void aTopicWithSingleOptInCountsAtOnceUnlessItWasRefused() {
    signUp("ada@example.com", "Ada", "offers");
    assertThat(consents()).isEqualTo(Map.of("offers", ConsentStatus.Granted));
    assertThat(runs()).isEmpty();

    store.preferences().say(ada(), Map.of("offers", ConsentStatus.Withdrawn), "p", Map.of());
    signUp("ada@example.com", "Ada", "offers");

    assertThat(consents()).isEqualTo(Map.of("offers", ConsentStatus.Pending));
    assertThat(send(runs().get(0))).hasSize(1);
  }

  @Test
  void whoeverSendsAFormAgainAndAgainCausesOneMailAnHour() {
    for (int i = 0; i < 5; i++) {
      signUp("ada@example.com", "Ada", "newsletter");
    }
    assertThat(runs()).hasSize(1);
    assertThat(send(runs().get(0))).hasSize(1);

    signUp("ada@example.com", "Ada", "newsletter");

    assertThat(send(runs().get(0))).isEmpty();
    assertThat(confirm(runs().get(0)).state()).isEqualTo(State.Open);
  }

  @Test
  void aRunIsCompletedWhenItsHourIsOverAndNothingIsOpen() {
    signUp("ada@example.com", "Ada", "newsletter");
    Run run = runs().get(0);
    assertThat(store.signUps().complete(store.ledger(), run)).as("its hour goes on").isFalse();
    tables.execute("update run set created_at = created_at - interval '2 hours'");
    assertThat(store.signUps().complete(store.ledger(), run)).as("a mail is open").isFalse();

    send(run);

    assertThat(store.signUps().complete(store.ledger(), run)).isTrue();
    assertThat(runs()).isEmpty();
  }

  @Test
  void aSuppressedAddressGetsNoMail() {
    store.suppressions().add(List.of("ada@example.com"), CAUSE);

    signUp("ada@example.com", "Ada", "newsletter");

    assertThat(send(runs().get(0))).isEmpty();
  }

  @Test
  void inAStoreThatEncryptsNothingAboutThePersonIsInClear() throws Exception {
    byte[] keys = Keyset.generate().toJson();
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(new Attribute("first_name", AttributeType.String, true, null)),
            List.of(),
            true);
    StoreSettings settings = TestServer.newDatabase();
    try (Store sealed = Store.open(settings, Vault.of(schema, () -> keys));
        StoreTables looks = new StoreTables(settings)) {
      sealed.migrate(schema);
      SignUpTerms terms =
          new SignUpTerms("shop", "web", schema, Map.of("newsletter", OptIn.Double), "h", 5);
      sealed
          .signUps()
          .receive(
              "shop",
              "web",
              new SignUp(
                  "footer",
                  "ada@example.com",
                  List.of("newsletter"),
                  "de",
                  Map.of("first_name", "Augusta"),
                  Map.of("ip", "203.0.113.9")));
      assertThat(looks.text("select request from sign_up")).doesNotContain("ada", "Augusta");

      sealed.signUps().take(terms, 10);

      String everything =
          looks.text(
              """
              select string_agg(t, ' ') from (
                select p::text as t from profile p union all select c::text from consent c
                union all select i::text from identity i) all_rows
              """);
      assertThat(everything).contains("@example.com").doesNotContain("ada@", "Augusta", "203.0");
      Run run = sealed.ledger().find(sealed.signUps().runs(terms).get(0)).orElseThrow();
      long id = looks.count("select id from profile");
      assertThat(sealed.preferences().read(run.id(), id).orElseThrow().address())
          .isEqualTo("ada@example.com");
      sealed.confirmations().confirm(run.id(), id, THREE_DAYS, Instant.now(), Map.of());
      assertThat(sealed.preferences().read(run.id(), id).orElseThrow().consents())
          .isEqualTo(Map.of("newsletter", ConsentStatus.Granted));
    }
  }
}
