package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import dev.lettershop.store.audience.FreezeResult;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.pace.ContactPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * Freezing an audience with everything that can be asked of it: segment, exclusion, consent,
 * suppression by address and domain, frequency cap over three earlier runs with as many mails in
 * all, hold-out, variants, local time and quiet hours in several zones.
 */
final class FreezeMeasure {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(List.of(new Attribute("points", AttributeType.Integer, false)), List.of());

  private final EmbeddedDatabase database;
  private final long people;

  FreezeMeasure(EmbeddedDatabase database, long people) {
    this.database = database;
    this.people = people;
  }

  /** Seconds for freezing, and for a bare insert of as many rows of the ledger. */
  record Measured(double freeze, double insert) {}

  Measured measure() throws SQLException {
    Peers.reset(database);
    try (Store store =
        Store.open(
            new StoreSettings(
                database.host(),
                database.port(),
                database.database(),
                database.username(),
                database.password(),
                TlsMode.Disable,
                null,
                2))) {
      store.migrate(SCHEMA);
      execute(
          """
          insert into profile (id, email, email_key, time_zone, points)
          select i, 'c' || i || '@d' || i %% 5000 || '.example',
                 'c' || i || '@d' || i %% 5000 || '.example',
                 (array['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', null])[1 + i %% 4],
                 i %% 1000
          from generate_series(1, %d) i
          """
              .formatted(people),
          "insert into consent_state select id, 'news', 'Granted', now() from profile",
          """
          insert into suppression (address_hash, reason, source)
          select sha256((select value from store_salt) || convert_to(email_key, 'UTF8')),
                 'Complaint', 'bench'
          from profile where id % 100 = 0
          """,
          "insert into domain_suppression (domain, reason, source) values ('d7.example', 'Other', 'bench')",
          earlier(store, 0),
          earlier(store, 1),
          earlier(store, 2),
          "update run set state = 'Completed', completed_at = now(), frozen_at = now()",
          "analyze");
      Run run = begin(store, "now");
      long start = System.nanoTime();
      FreezeResult result = store.freezer().freeze(run, request());
      double freeze = seconds(start);
      if (result.selected() == 0 || result.selected() > people) {
        throw new IllegalStateException("The audience is " + result.selected());
      }
      execute("create table bare_ledger (like delivery including all)");
      start = System.nanoTime();
      execute(
          "insert into bare_ledger (run_id, profile_id, state)"
              + " select 1, n, 'planned' from generate_series(1, "
              + people
              + ") n");
      return new Measured(freeze, seconds(start));
    }
  }

  /** A run that mailed every third person, and those few that had their mail of each. */
  private static String earlier(Store store, int number) {
    return """
        insert into delivery (run_id, profile_id, state)
        select %d, id, case when id %% 10 = 0 then 'skipped' else 'sent' end::delivery_state
        from profile where id %% 3 = %d or id %% 100 = 51
        """
        .formatted(begin(store, "earlier-" + number).id(), number);
  }

  private static Run begin(Store store, String name) {
    return store
        .ledger()
        .begin(
            new RunRequest(
                new RunKey("bench", "letter", name),
                "h",
                "{}",
                false,
                false,
                UncertainPolicy.Skip,
                5));
  }

  private static FreezeRequest request() {
    RuleCompiler rules = new RuleCompiler(SCHEMA, Map.of());
    return FreezeRequest.builder(SCHEMA)
        .include(List.of(rules.compile("profile.points >= 0").rule()))
        .exclude(List.of(rules.compile("profile.points == 999").rule()))
        .topic("news")
        .optIn(OptIn.Double)
        .experiment("bench/letter")
        .variants(List.of(new VariantWeight("a", 50), new VariantWeight("b", 50)))
        .holdoutPercent(5)
        .politeness(
            new ContactPolicy(
                50,
                new ContactPolicy.Cap(3, Duration.ofDays(7)),
                new ContactPolicy.Quiet(LocalTime.of(21, 0), LocalTime.of(8, 0)),
                LocalTime.of(9, 0),
                "UTC"))
        .build();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = lettershop");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
