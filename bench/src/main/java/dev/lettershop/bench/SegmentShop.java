package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The quickstart's shop with many made-up people: each has ten events, in two visits within the
 * last 90 days.
 */
final class SegmentShop implements AutoCloseable {
  private static final String PROFILES =
      """
          insert into profile (id, email, email_key, city, country, lifetime_value,
            engagement_score, last_active_at, interests)
          select n, 'p' || n || '@people.example', 'p' || n || '@people.example',
            (array['New York', 'Boston', 'Chicago', 'Denver', 'Austin', 'Miami', 'Seattle',
              'Portland', 'Dallas', 'Atlanta'])[1 + (hashint8(n) & 2147483647) % 10],
            'US', 10000 * random(), (100 * random())::int, now() - random() * interval '90 days',
            array['news', 'shoes']
          from generate_series(1, $n) n
          """;

  private static final String EVENTS =
      """
      create unlogged table coming as
      select profile_id, name, at as occurred_at, 'e' || i as id,
        case name when 'cart_updated' then jsonb_build_object('value', value, 'items', i % 5)
          when 'order_completed' then jsonb_build_object('total', value, 'items', i % 5)
          else jsonb_build_object('product_id', 'p' || i % 1000, 'category', 'shoes',
            'price', value) end as properties
      from (
        select i, 1 + i / 10 as profile_id, (200 * random())::numeric(6, 2) as value,
          now() - (hashint8(i / 5) & 2147483647) / 2147483647.0 * interval '90 days'
            - i % 5 * interval '1 minute' as at,
          (array['product_viewed', 'product_viewed', 'product_viewed', 'cart_updated',
            'order_completed'])[1 + i % 5] as name
        from generate_series(0, $n * 10 - 1) i) e
      """;

  // In the order of their time, as they would have come; indexes are made when the month is full.
  private static final List<String> MONTH =
      List.of(
          "create table event_$m (like event including defaults)",
          """
          insert into event_$m select * from coming
          where occurred_at >= '$from 00:00Z' and occurred_at < '$to 00:00Z' order by occurred_at
          """,
          """
          alter table event attach partition event_$m
          for values from ('$from 00:00Z') to ('$to 00:00Z')
          """);

  private static final List<String> AFTERWARDS =
      List.of("drop table coming", "truncate change", "vacuum analyze");

  // One profile in a hundred has other attributes, and as many people as in an hour before visit
  // the
  // shop: a tenth of these. Other ones each time.
  private static final List<String> CHANGES =
      List.of(
          """
          update profile set lifetime_value = 10000 * random(), last_active_at = now(),
            updated_at = now(), city = case when random() < 0.1 then 'New York' else city end
          where id % 100 = $n
          """,
          """
          insert into event (profile_id, name, occurred_at, id, properties)
          select id, name, now(), 'c' || $n || name || id || clock_timestamp(),
            jsonb_build_object('value', 200 * random(), 'price', 10)
          from profile, unnest(array['product_viewed', 'cart_updated']) as name
          where id % 1000 = $n * 10
          """);

  private final Store store;
  private final PlanCompiler compiler;
  private final long profiles;
  private int changes;

  private SegmentShop(Store store, PlanCompiler compiler, long profiles) {
    this.store = store;
    this.compiler = compiler;
    this.profiles = profiles;
  }

  static SegmentShop open(EmbeddedDatabase database, long profiles) throws SQLException {
    Store store =
        Store.open(
            new StoreSettings(
                database.host(),
                database.port(),
                database.database(),
                database.username(),
                database.password(),
                TlsMode.Disable,
                null,
                2));
    PlanCompiler compiler =
        new PlanCompiler(
            new ManifestFiles(false).load(List.of(Path.of("samples/quickstart"))).resources());
    SegmentShop shop = new SegmentShop(store, compiler, profiles);
    store.migrate(shop.schema("new-york"));
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = lettershop");
      statement.execute("set work_mem = '256MB'");
      statement.execute("set maintenance_work_mem = '512MB'");
      statement.execute(PROFILES.replace("$n", Long.toString(profiles)));
      statement.execute(EVENTS.replace("$n", Long.toString(profiles)));
      for (int back = 0; back <= 4; back++) {
        for (String step : MONTH) {
          statement.execute(of(YearMonth.now(ZoneOffset.UTC).minusMonths(back), step));
        }
      }
      for (String step : AFTERWARDS) {
        statement.execute(step);
      }
    }
    return shop;
  }

  private static String of(YearMonth month, String statement) {
    return statement
        .replace("$m", month.toString().replace('-', '_'))
        .replace("$from", month.atDay(1).toString())
        .replace("$to", month.plusMonths(1).atDay(1).toString());
  }

  /** Lets something happen to one profile in a hundred. */
  void change(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String step : CHANGES) {
        statement.execute(step.replace("$n", Integer.toString(changes)));
      }
    }
    changes++;
  }

  /**
   * Seconds in which PostgreSQL finds those that the last change was of, by nothing but their key.
   */
  double lookUpChanged(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      statement.execute(
          """
          select count(updated_at) from profile
          where id = any(array(select generate_series($n, $all, 100)))
          """
              .replace("$n", Integer.toString(changes - 1))
              .replace("$all", Long.toString(profiles)));
      return (System.nanoTime() - start) / 1e9;
    }
  }

  Store store() {
    return store;
  }

  long profiles() {
    return profiles;
  }

  Rule rule(String segment) {
    SegmentPlan plan = plan(segment);
    return new RuleCompiler(plan.store().schema(), plan.segments()).compileNamed(segment).rule();
  }

  ProfileSchema schema(String segment) {
    return plan(segment).store().schema();
  }

  private SegmentPlan plan(String segment) {
    SegmentPlan plan = compiler.segment(segment).value();
    if (plan == null) {
      throw new IllegalStateException("The quickstart's segment " + segment + " has errors");
    }
    return plan;
  }

  @Override
  public void close() {
    store.close();
  }
}
