package dev.lettershop.store.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audit.AuditEntry;
import dev.lettershop.store.bounce.Bounce;
import dev.lettershop.store.bounce.BounceKind;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.suppression.Suppressions.Changed;
import dev.lettershop.store.view.ProfileView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          new Attribute("customer_id", AttributeType.String, false),
          new Attribute("first_name", AttributeType.String, true));
  private static final Keyset KEYS = Keyset.generate();
  private static final AtomicInteger RUNS = new AtomicInteger();

  private ProfileSchema schema;
  private Store store;
  private StoreTables tables;

  private void open(boolean encrypts) throws SQLException {
    open(encrypts, TestServer.newDatabase());
  }

  private void open(boolean encrypts, StoreSettings settings) throws SQLException {
    schema = ProfileSchema.of(ATTRIBUTES, List.of(), encrypts);
    store = Store.open(settings, encrypts ? Vault.of(schema, KEYS::toJson) : Vault.NONE);
    store.migrate(schema);
    tables = new StoreTables(settings);
    try (ProfileLoad load = store.loadProfiles("shop", schema, "customer_id", List.of())) {
      for (String name : List.of("ada", "bob", "eve")) {
        load.add(
            new LoadedProfile(
                "c:1",
                name,
                null,
                Map.of("customer_id", name, "email", name + "@" + name + ".example"),
                Map.of()));
      }
      load.commit();
    }
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
    store.close();
  }

  private Run frozen() {
    return store
        .freezer()
        .freeze(
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
                        3)),
            FreezeRequest.builder(schema)
                .include(
                    List.of(
                        new RuleCompiler(schema, Map.of())
                            .compile("has(profile.customer_id)")
                            .rule()))
                .topic("news")
                .optIn(OptIn.Implied)
                .experiment("shop/sale")
                .build())
        .run();
  }

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

  private static SuppressionCause because(SuppressionReason reason) {
    return SuppressionCause.decided(reason, "user/test", "asked by mail");
  }

  private List<String> actions() {
    return tables.texts(
        "select action || ' ' || actor from audit where starts_with(action, 'suppression') order by id");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoIsSuppressedIsNotMailedUntilThatIsLifted(boolean encrypts) throws SQLException {
    open(encrypts);
    Run earlier = frozen();
    Suppressions suppressions = store.suppressions();
    assertThat(
            suppressions.add(
                List.of("ADA@ada.example", "not an address"), because(SuppressionReason.Other)))
        .isEqualTo(1);
    assertThat(suppressions.add(List.of("ada@ada.example"), because(SuppressionReason.Complaint)))
        .isZero();
    assertThat(suppressions.addDomain("BOB.example", because(SuppressionReason.Other))).isTrue();
    assertThat(suppressions.addDomain("bob.example", because(SuppressionReason.Other))).isFalse();

    assertThat(mailed(frozen())).containsExactly("eve");
    assertThat(mailed(earlier)).containsExactly("eve");

    AddressReport report = suppressions.explain("ada@ada.example");
    assertThat(report.address().reason()).isEqualTo(SuppressionReason.Other);
    assertThat(report.address().source()).isEqualTo("user/test");
    assertThat(report.address().note()).isEqualTo("asked by mail");
    assertThat(report.address().address()).isEqualTo(report.hash());
    assertThat(suppressions.explain("any@bob.example").domain().domain()).isEqualTo("bob.example");
    assertThat(suppressions.list(SuppressionQuery.ALL, 10)).hasSize(2);

    SuppressionQuery ada = SuppressionQuery.ofAddress("ada@ada.example");
    assertThat(suppressions.remove(ada, "user/test", true)).isEqualTo(new Changed(1, 0));
    assertThat(mailed(frozen())).containsExactly("eve");
    assertThat(suppressions.remove(ada, "user/test", false)).isEqualTo(new Changed(1, 0));
    assertThat(suppressions.remove(ada, "user/test", false)).isEqualTo(new Changed(0, 0));
    assertThat(mailed(frozen())).containsExactly("ada", "eve");

    assertThat(suppressions.explain("ada@ada.example").history())
        .extracting(AuditEntry::action)
        .containsExactly("suppression.added", "suppression.removed");
    assertThat(actions())
        .containsExactly(
            "suppression.added user/test",
            "suppression.added user/test",
            "suppression.removed user/test");
    assertThat(store.audit().verify(null).problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListOfHashesCountsLikeAListOfAddresses(boolean encrypts) throws SQLException {
    open(encrypts);
    Run earlier = frozen();
    Suppressions suppressions = store.suppressions();

    assertThat(
            suppressions.addListed(
                List.of(
                    listed(HashForm.Sha256, "ada@ada.example"),
                    listed(HashForm.Sha256, "nobody@else.example")),
                because(SuppressionReason.Unsubscribed)))
        .isEqualTo(new Changed(2, 0));

    assertThat(mailed(frozen())).containsExactly("bob", "eve");
    assertThat(mailed(earlier)).containsExactly("bob", "eve");
    assertThat(suppressions.explain("Ada@ada.example").address().reason())
        .isEqualTo(SuppressionReason.Unsubscribed);
    SuppressionQuery ofDomain = new SuppressionQuery(null, "ada.example", null, null, null);
    assertThat(suppressions.list(ofDomain, 10)).hasSize(1);
    assertThat(suppressions.remove(ofDomain, "user/test", false)).isEqualTo(new Changed(1, 0));
    assertThat(mailed(frozen())).containsExactly("ada", "bob", "eve");
    assertThat(tables.count("select count(*) from suppression where listed is not null"))
        .isEqualTo(encrypts ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"false, Sha1", "false, Md5", "true, Sha1", "true, Md5"})
  void whomAListHasByAnOlderHashIsSkippedWhenClaimed(boolean encrypts, HashForm form)
      throws SQLException {
    open(encrypts);
    Suppressions suppressions = store.suppressions();
    List<ListEntry> list =
        List.of(listed(form, "ada@ada.example"), listed(form, "nobody@else.example"));

    assertThat(suppressions.addListed(list, because(SuppressionReason.Unsubscribed)))
        .isEqualTo(new Changed(2, 0));
    assertThat(suppressions.addListed(list, because(SuppressionReason.Unsubscribed)))
        .isEqualTo(new Changed(0, 0));

    Run run = frozen();
    assertThat(mailed(run)).containsExactly("bob", "eve");
    assertThat(tables.texts("select reason from delivery where state = 'skipped'"))
        .containsExactly("suppressed");
    assertThat(tables.texts("select skipped::text from lease")).containsExactly("1");
    assertThat(suppressions.explain("Ada@ada.example").address().reason())
        .isEqualTo(SuppressionReason.Unsubscribed);
    long ada = store.profiles().find("customer_id", "ada").orElseThrow();
    assertThat(store.personExport().of(ada, schema, "user/test").orElseThrow().get("suppressions"))
        .asString()
        .contains("reason=Unsubscribed");
    assertThat(
            suppressions.remove(SuppressionQuery.ofAddress("ada@ada.example"), "user/test", false))
        .isEqualTo(new Changed(1, 0));
    assertThat(mailed(frozen())).containsExactly("ada", "bob", "eve");
  }

  private static ListEntry listed(HashForm form, String address) {
    return ListEntry.of(HexFormat.of().withUpperCase().formatHex(form.digest(address)))
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void suppressionsAreFoundByReasonAndTime(boolean encrypts) throws SQLException {
    open(encrypts);
    Suppressions suppressions = store.suppressions();
    suppressions.add(List.of("ada@ada.example"), because(SuppressionReason.Complaint));
    tables.execute("update suppression set created_at = '2026-01-01T00:00:00Z'");
    suppressions.add(List.of("bob@bob.example"), because(SuppressionReason.Complaint));
    suppressions.add(List.of("eve@eve.example"), because(SuppressionReason.Other));
    suppressions.addDomain("bob.example", because(SuppressionReason.Complaint));
    Instant between = Instant.parse("2026-01-02T00:00:00Z");

    assertThat(
            suppressions.list(
                new SuppressionQuery(null, null, SuppressionReason.Complaint, null, null), 10))
        .hasSize(3);
    assertThat(suppressions.list(new SuppressionQuery(null, null, null, null, between), 10))
        .hasSize(1);
    assertThat(suppressions.list(new SuppressionQuery(null, null, null, between, null), 10))
        .hasSize(3);
    assertThat(suppressions.list(new SuppressionQuery(null, "bob.example", null, null, null), 10))
        .extracting(Suppression::domain)
        .containsExactly("bob.example", null);
    assertThat(suppressions.list(SuppressionQuery.ALL, 2)).hasSize(2);
    assertThat(
            suppressions.remove(
                new SuppressionQuery(null, null, SuppressionReason.Complaint, between, null),
                "user/test",
                false))
        .isEqualTo(new Changed(1, 1));
    assertThatThrownBy(() -> suppressions.remove(SuppressionQuery.ALL, "user/test", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoWasErasedIsMailedAgainOnlyWhenTheAddressIsNamed(boolean encrypts) throws SQLException {
    open(encrypts);
    Suppressions suppressions = store.suppressions();
    long ada = store.profiles().find("customer_id", "ada").orElseThrow();
    store.personErasure().forget(ada, schema, "user/test", false);

    assertThat(
            suppressions.remove(
                new SuppressionQuery(null, null, SuppressionReason.Forgotten, null, null),
                "user/test",
                false))
        .isEqualTo(new Changed(0, 0));
    assertThat(
            suppressions.remove(SuppressionQuery.ofAddress("ada@ada.example"), "user/test", false))
        .isEqualTo(new Changed(1, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatCausedASuppressionIsKeptAndSoftBouncesCountAnewOnceItIsLifted(boolean encrypts)
      throws SQLException {
    open(encrypts);
    SoftLimit limit = new SoftLimit(2, Duration.ofDays(30));
    long ada = store.profiles().find("customer_id", "ada").orElseThrow();
    Run last = null;
    for (int i = 0; i < 2; i++) {
      last = frozen();
      bounce(last, ada, limit);
    }

    Suppression suppression = store.suppressions().explain("ada@ada.example").address();
    assertThat(suppression.reason()).isEqualTo(SuppressionReason.SoftBounces);
    assertThat(suppression.message()).isEqualTo("Soft");
    assertThat(suppression.code()).isEqualTo("4.2.2");
    assertThat(suppression.run()).isEqualTo("shop/sale/" + last.key().name());
    assertThat(suppression.topic()).isEqualTo("news");

    store.suppressions().remove(SuppressionQuery.ofAddress("ada@ada.example"), "user/test", false);
    bounce(frozen(), ada, limit);
    assertThat(store.suppressions().explain("ada@ada.example").address()).isNull();
  }

  private void bounce(Run run, long profile, SoftLimit limit) {
    store
        .bounces()
        .record(
            "smtp",
            List.of(new Bounce(run.id(), profile, null, null, BounceKind.Soft, "4.2.2")),
            limit);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noTwoStoresHaveTheSameHashes(boolean encrypts) throws SQLException {
    open(encrypts, TestServer.newEmptyDatabase());
    String first = store.suppressions().explain("ada@ada.example").hash();
    close();
    open(encrypts, TestServer.newEmptyDatabase());

    assertThat(store.suppressions().explain("ada@ada.example").hash()).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(HexFormat.of().formatHex(EmailKey.hash("ada@ada.example")));
  }
}
