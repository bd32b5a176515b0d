package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.store.Engagement;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.worker.task.HitJudging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Who opened and clicked: verdicts on hits as they come, and on all of them anew. Nine in ten hits
 * are clicks; a third of all mails is scanned by fleets that follow each link.
 */
final class InsightBenchmark implements Benchmark {
  private static final double UPKEEP = 5_000;
  private static final double MILLION = 1_000_000;
  private static final double AGAIN_SECONDS = 30;
  private static final double REPORT_SECONDS = 5;

  /** Yesterday, so that all verdicts can be given at once; ten hits a mail, six mails a second. */
  private static final String ROWS =
      """
      create temp table hits as
        select n, n / 10 as mail, n %% 10 as link,
          (now() at time zone 'UTC')::date - 1 + make_interval(secs => (n / 10) * 86000.0 / (%1$d / 10)
            + case when n / 10 %% 3 = 0 then n %% 10 * 0.1 else n %% 10 * 97.0 / 10 end) as at
        from generate_series(0, %1$d - 1) n;
      select make_hit_partition((now() at time zone 'UTC')::date - 1);
      insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic, opt_in, state, frozen_at)
        values (202611000000007, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'news', 'Single',
          'Completed', now());
      insert into link select 202611000000007, n, 'sale', array['https://shop.example/' || n]
        from generate_series(0, 9) n;
      insert into profile (email, email_key)
        select n || '@example.com', n || '@example.com' from generate_series(0, %1$d / 10) n;
      insert into hit (id, day, at, kind, run_id, profile_id, number, method, prefetch, network, agent)
        select gen_random_uuid(), (now() at time zone 'UTC')::date - 1, at at time zone 'UTC',
          case when link = 0 then 'Open' else 'Click' end, 202611000000007, mail + 1, link, 'GET', false,
          ('198.' || mail %% 3 * 20 + mail %% 20 || '.' || mail %% 200 || '.0/24')::cidr,
          'Mozilla/5.0 (X11; Linux x86_64; rv:' || mail %% 50 || '.0) Gecko/20100101 Firefox/140.0'
        from hits;
      analyze hit, profile;
      """;

  @Override
  public String name() {
    return "insight";
  }

  @Override
  public String summary() {
    return "verdicts on opens and clicks as they come, and anew; the report of a run";
  }

  @Override
  public long defaultSize() {
    return (long) MILLION;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Store store = ModelsBenchmark.open(database)) {
      store.migrate(ProfileSchema.of(List.of(), List.of()));
      execute(database, ROWS.formatted(size));
      HitJudging judging = HitJudging.of(store, Engagement.DEFAULT, Clock.systemUTC());
      double first =
          seconds(
              () -> {
                boolean more = true;
                while (more) {
                  more = judging.step().more();
                }
              });
      double same = seconds(() -> again(store, size));
      execute(database, "update hit set rules = 0");
      execute(database, "vacuum analyze hit");
      double other = seconds(() -> again(store, size));
      double limit = AGAIN_SECONDS * size / MILLION;
      execute(database, ReportMeasure.rows(size));
      double report = seconds(() -> ReportMeasure.report(store, size));
      return List.of(
          Figure.of("verdicts as hits come", size / first, "hits/s").against("at least", UPKEEP),
          Figure.of("all anew, nothing changes", same, "s").against("limit", limit),
          Figure.of("all anew, by other rules", other, "s").against("limit", limit),
          Figure.of("report of a run, as a page", report, "s")
              .against("limit", REPORT_SECONDS * size / MILLION));
    } finally {
      Scratch.delete(work);
    }
  }

  private static void again(Store store, long size) {
    Clock clock = Clock.systemUTC();
    HitJudging.Rejudged rejudged =
        HitJudging.of(store, Engagement.DEFAULT, clock)
            .rejudge(clock.instant().minus(Duration.ofDays(3)));
    if (rejudged.hits() != size || rejudged.changed() != 0) {
      throw new IllegalStateException("Judging again came to something else: " + rejudged);
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    String url =
        "jdbc:postgresql://%s:%d/%s?currentSchema=lettershop"
            .formatted(database.host(), database.port(), database.database());
    try (Connection connection =
            DriverManager.getConnection(url, database.username(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
