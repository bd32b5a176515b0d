package dev.lettershop.store.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());
  private static final Map<String, Object> EVIDENCE = Map.of("ip", "203.0.113.9");

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
  void fill() {
    tables.clear();
    tables.execute(
        """
        insert into profile (id, email, email_key, locale) overriding system value
        values (1, 'Ada@example.com', 'ada@example.com', 'de-AT')
        """);
    tables.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic)
        values (7, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'newsletter')
        """);
  }

  private static Preferences preferences() {
    return store.preferences();
  }

  private static CurrentChoices chosen() {
    return preferences().read(7, 1).orElseThrow();
  }

  private static long rows() {
    return tables.count("select count(*) from consent");
  }

  @Test
  void whatALinkIsAboutAndWhatCountsIsRead() {
    preferences().say(1, Map.of("newsletter", ConsentStatus.Granted), "form", EVIDENCE);

    CurrentChoices chosen = chosen();

    assertThat(chosen.address()).isEqualTo("Ada@example.com");
    assertThat(chosen.locale()).isEqualTo("de-AT");
    assertThat(chosen.about()).containsExactly("newsletter");
    assertThat(chosen.consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Granted));
    assertThat(chosen.toString()).doesNotContain("example");
    assertThat(preferences().read(7, 2)).as("nobody").isEmpty();
    assertThat(preferences().read(99, 1).orElseThrow().about()).as("a forgotten run").isEmpty();
  }

  @Test
  void aWithdrawalCountsAtOnceAlsoAfterAStatementThatComesFromTheFuture() {
    tables.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source)
        values (1, 'newsletter', now() + interval '20 hours', 'Granted', 'import')
        """);

    preferences().say(1, Map.of("newsletter", ConsentStatus.Withdrawn), "one-click", EVIDENCE);

    assertThat(chosen().consents()).isEqualTo(Map.of("newsletter", ConsentStatus.Withdrawn));
    assertThat(tables.text("select evidence ->> 'ip' from consent where status = 'Withdrawn'"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    Map<String, ConsentStatus> no = Map.of("newsletter", ConsentStatus.Withdrawn);

    assertThat(preferences().say(1, no, "one-click", EVIDENCE)).containsExactly("newsletter");
    assertThat(preferences().say(1, no, "one-click", EVIDENCE)).isEmpty();

    assertThat(rows()).isOne();
  }

  @Test
  void aRefusalIsOfTheAddressAndAGrantLiftsItForTheOneWhoSaysSo() {
    tables.execute(
        """
        insert into profile (id, email, email_key) overriding system value
        values (2, 'ada@example.com', 'ada@example.com')
        """);
    Map<String, ConsentStatus> yes = Map.of("newsletter", ConsentStatus.Granted);
    Map<String, ConsentStatus> no = Map.of("newsletter", ConsentStatus.Withdrawn);
    preferences().say(1, yes, "form", EVIDENCE);

    preferences().say(2, no, "one-click", EVIDENCE);
    assertThat(chosen().consents()).isEqualTo(no);

    assertThat(preferences().say(1, yes, "undo", EVIDENCE)).containsExactly("newsletter");
    assertThat(chosen().consents()).isEqualTo(yes);
    assertThat(preferences().read(7, 2).orElseThrow().consents()).isEqualTo(no);
  }

  @Test
  void nobodySaysAnythingForSomebodyWhoIsGone() {
    assertThat(preferences().say(2, Map.of("newsletter", ConsentStatus.Withdrawn), "x", EVIDENCE))
        .isEmpty();
    assertThat(rows()).isZero();
    assertThat(preferences().pause(2, LocalDate.now(ZoneOffset.UTC).plusDays(30))).isFalse();
  }

  @Test
  void aPauseIsOfTheAddressAndEndsByItselfOrAtWill() {
    LocalDate end = LocalDate.now(ZoneOffset.UTC).plusDays(30);

    assertThat(preferences().pause(1, end)).isTrue();
    assertThat(chosen().pausedUntil()).isEqualTo(end.atStartOfDay().toInstant(ZoneOffset.UTC));
    preferences().pause(1, end.plusDays(60));
    assertThat(chosen().pausedUntil())
        .isEqualTo(end.plusDays(60).atStartOfDay().toInstant(ZoneOffset.UTC));

    preferences().endPause(1);
    assertThat(chosen().pausedUntil()).isNull();
    preferences().endPause(1);

    preferences().pause(1, end);
    tables.execute("update pause set until = now() - interval '1 second'");
    assertThat(chosen().pausedUntil()).isNull();
  }

  @Test
  void aLinkOfAProfileThatWasMergedSpeaksForTheOneItWentInto() {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(new Attribute("phone", AttributeType.String, null, null)), List.of());
    store.migrate(schema);
    tables.clear();
    load(schema, "a", "ada@example.com", "1");
    load(schema, "b", "bea@example.com", "2");
    load(schema, "c", "cleo@example.com", "3");
    long second = id("b");
    long third = id("c");
    // Who has the phone number of another is the other; twice in a row.
    load(schema, "c", "cleo@example.com", "2");
    load(schema, "b", "bea@example.com", "1");
    long survivor = id("a");
    assertThat(List.of(id("b"), id("c"))).containsOnly(survivor);
    assertThat(List.of(second, third)).doesNotContain(survivor);

    assertThat(preferences().read(7, third).orElseThrow().profileId()).isEqualTo(survivor);
    preferences().say(third, Map.of("newsletter", ConsentStatus.Withdrawn), "one-click", EVIDENCE);

    assertThat(tables.count("select profile_id from consent")).isEqualTo(survivor);
    store.personErasure().forget(survivor, schema, "test", false);
    assertThat(tables.count("select count(*) from merged_profile")).isZero();
  }

  private static void load(ProfileSchema schema, String key, String email, String phone) {
    try (ProfileLoad load = store.loadProfiles("crm", schema, "customer_id", List.of("phone"))) {
      load.add(new LoadedProfile("1", key, Map.of("email", email, "phone", phone), Map.of()));
      load.commit();
    }
  }

  private static long id(String customer) {
    return tables.count(
        "select profile_id from identity where kind = 'customer_id' and value = ?", customer);
  }
}
