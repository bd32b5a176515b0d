package dev.lettershop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeResult;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.view.ProfileView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From rows of three sources to the recipients of a run, through the front door. */
class StoreTest {

  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("spent", AttributeType.Double, false)),
          List.of(
              new EventType("viewed", List.of(new EventProperty("price", AttributeType.Double)))));

  private static Rule rule(String cel) {
    RuleResult result = new RuleCompiler(SCHEMA, Map.of()).compile(cel);
    assertThat(result.problems()).isEmpty();
    return result.rule();
  }

  @Test
  void whoIsInTheAudienceAndConsentedIsClaimedWithWhatTheMailNeeds() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings)) {
      store.migrate(SCHEMA);
      load(store);
      Ledger ledger = store.ledger();
      Run run =
          ledger.begin(
              new RunRequest(
                  new RunKey("shop", "sale", "first"),
                  "sha256:0",
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
                  FreezeRequest.builder(SCHEMA)
                      .include(
                          List.of(
                              rule("profile.spent > 100.0"),
                              rule("events('viewed', duration('24h')).exists(e, e.price > 50.0)")))
                      .exclude(List.of(rule("profile.city == 'Rome'")))
                      .topic("news")
                      .optIn(OptIn.Double)
                      .experiment("shop/sale")
                      .build());

      assertThat(frozen.selected()).isEqualTo(2);
      assertThat(frozen.skipped())
          .isEqualTo(Map.of("excluded", 1L, "noConsent", 1L, "notInAudience", 1L));
      try (Lease lease = ledger.lease(frozen.run(), 0, 1, "test", Duration.ofMinutes(1))) {
        List<Recipient> recipients =
            ledger.claim(
                lease, 10, new ProfileView(SCHEMA, Set.of("city", "spent"), Set.of("viewed")));
        assertThat(recipients)
            .extracting(Recipient::email)
            .containsExactlyInAnyOrder("rich@example.com", "keen@example.com");
        assertThat(recipients)
            .filteredOn(r -> r.email().startsWith("keen"))
            .allSatisfy(
                r -> {
                  assertThat(r.profile().attributes()).isEqualTo(Map.of("city", "Bonn"));
                  assertThat(r.profile().events())
                      .extracting(e -> e.properties().get("price"))
                      .containsExactly(60.0);
                });
      }
    }
  }

  private static void load(Store store) {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "customer", List.of("email"))) {
      load.add(profile("rich", Map.of("spent", 200.0)));
      load.add(profile("keen", Map.of("city", "Bonn")));
      load.add(profile("roman", Map.of("spent", 300.0, "city", "Rome")));
      load.add(profile("silent", Map.of("spent", 300.0)));
      load.add(profile("idle", Map.of("city", "Oslo", "spent", 1.0)));
      load.commit();
    }
    Instant now = Instant.now();
    try (EventLoad load = store.loadEvents("web", "customer")) {
      load.add(viewed("keen", now.minusSeconds(3600), 60.0));
      load.add(viewed("idle", now.minusSeconds(3600), 40.0));
      load.add(viewed("idle", now.minusSeconds(90_000), 60.0));
      load.commit();
    }
    try (ConsentLoad load = store.loadConsents("forms", "customer")) {
      for (String who : List.of("rich", "keen", "roman", "idle")) {
        load.add(
            new LoadedConsent("f", who, "news", ConsentStatus.Granted, now, Map.of("form", 1)));
      }
      load.commit();
    }
  }

  private static LoadedProfile profile(String who, Map<String, Object> attributes) {
    Map<String, Object> all = new HashMap<>(attributes);
    all.put("email", who + "@example.com");
    return new LoadedProfile("crm", who, all, Map.of());
  }

  private static LoadedEvent viewed(String who, Instant at, double price) {
    return new LoadedEvent("web", null, who, "viewed", at, Map.of("price", price));
  }
}
