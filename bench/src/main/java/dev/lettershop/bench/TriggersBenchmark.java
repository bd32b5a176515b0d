package dev.lettershop.bench;

import dev.lettershop.plan.PlanDocument;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.store.trigger.AdmissionRequest;
import dev.lettershop.store.trigger.Trigger;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.execute.TriggerExecution;
import dev.lettershop.worker.execute.TriggerPlan;
import dev.lettershop.worker.mount.MountedSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Triggered campaigns while many people wait and events keep coming: how long a mail takes, what
 * deciding costs, and what capturing costs whoever stores events.
 */
final class TriggersBenchmark implements Benchmark {
  private static final int EVENTS_PER_SECOND = 5_000;
  private static final int BATCH = 500;
  private static final long FULL = 1_000_000;
  private static final long FULL_SECONDS = 600;

  /** So many of those who wait become due each second. */
  private static final int DUE_PER_SECOND = 50;

  private static final int CAPTURE_ROUNDS = 300;
  private static final int CAPTURE_WARMING = 60;
  private static final int IDLE = 10;
  private static final long IDLE_SECONDS = 370;
  private static final long SETTLING_SECONDS = 30;

  @Override
  public String name() {
    return "triggers";
  }

  @Override
  public String summary() {
    return "triggered campaigns while many wait and events keep coming";
  }

  /** People, all of whom wait. */
  @Override
  public long defaultSize() {
    return FULL;
  }

  @Override
  public List<String> parts() {
    return List.of("latency", "admission", "capture", "idle");
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (String part : parts()) {
      figures.addAll(run(size, part));
    }
    return figures;
  }

  @Override
  public List<Figure> run(long size, String part) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Sink sink = Sink.start();
        TriggerShop shop = TriggerShop.open(work.resolve("shop"), database, sink.port(), size)) {
      return switch (part) {
        case "latency" -> latency(shop, seconds(size));
        case "admission" -> admission(shop, seconds(size));
        case "capture" -> capture(shop);
        default -> idle(shop);
      };
    } finally {
      Scratch.delete(work);
    }
  }

  /** Ten minutes for a million people, and at least twenty seconds. */
  private static long seconds(long size) {
    return Math.max(20, Math.min(FULL_SECONDS, size * FULL_SECONDS / FULL));
  }

  private static List<Figure> latency(TriggerShop shop, long seconds) throws Exception {
    Trigger later = shop.register(TriggerShop.LATER);
    shop.register(TriggerShop.AT_ONCE);
    shop.wait(later, 0, shop.people(), 7_200, 72_000);
    shop.execute("vacuum analyze trigger_entry");
    ChildProcess atOnce = shop.worker(TriggerShop.AT_ONCE);
    ChildProcess dayAfter = shop.worker(TriggerShop.LATER);
    try {
      // What comes in the first tenth warms up, and is not counted.
      long warming = seconds / 10;
      shop.wait(later, 2 * shop.people(), DUE_PER_SECOND * seconds, 0, seconds);
      String counted =
          "e.triggered_at > (select min(entered_at) from trigger_entry where event_id like 'e%')"
              + " + interval '"
              + warming
              + " seconds'";
      double took = feed(shop, seconds / 2);
      double halfway = atOnce.residentMib() + dayAfter.residentMib();
      took += feed(shop, seconds - seconds / 2);
      double atTheEnd = atOnce.residentMib() + dayAfter.residentMib();
      Waiting.await(600, () -> sending(shop) == 0);
      List<Figure> figures = new ArrayList<>();
      figures.add(
          Figure.of(
                  "p99, event stored to recorded as sent",
                  percentile(shop, TriggerShop.AT_ONCE, "d.updated_at - e.entered_at", counted),
                  "s")
              .against("limit", 1));
      figures.add(
          Figure.of(
                  "p99, due to recorded as sent",
                  percentile(
                      shop,
                      TriggerShop.LATER,
                      "d.updated_at - (e.triggered_at + interval '24 hours')",
                      "e.triggered_at + interval '24 hours' > (select min(entered_at) from trigger_entry"
                          + " where event_id like 'e%') + interval '"
                          + warming
                          + " seconds'"),
                  "s")
              .against("limit", 1));
      figures.add(
          Figure.of("events stored", seconds * EVENTS_PER_SECOND / took, "events/s")
              .against("asked for", EVENTS_PER_SECOND));
      figures.add(Figure.of("mails sent", sent(shop), "mails"));
      figures.add(
          Figure.of(
                  "memory, the larger worker",
                  Math.max(atOnce.highWaterMib(), dayAfter.highWaterMib()),
                  "MiB")
              .against("limit", 256));
      figures.add(
          Figure.of("memory of both at the end", atTheEnd, "MiB")
              .against("the same halfway", halfway));
      return figures;
    } finally {
      atOnce.stop();
      dayAfter.stop();
    }
  }

  /** Stores events evenly, as many a second as are asked for; says how many seconds it took. */
  private static double feed(TriggerShop shop, long seconds) throws InterruptedException {
    long start = System.nanoTime();
    long batches = seconds * EVENTS_PER_SECOND / BATCH;
    for (long batch = 0; batch < batches; batch++) {
      long due = start + batch * BATCH * 1_000_000_000L / EVENTS_PER_SECOND;
      long early = due - System.nanoTime();
      if (early > 0) {
        TimeUnit.NANOSECONDS.sleep(early);
      }
      shop.load(BATCH);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double sending(TriggerShop shop) {
    try {
      return shop.number(
          "select count(*) from delivery where state in ('planned', 'claimed', 'sending',"
              + " 'deferred')");
    } catch (SQLException e) {
      throw new IllegalStateException("The benchmark's database failed", e);
    }
  }

  private static double sent(TriggerShop shop) throws SQLException {
    return shop.number("select count(*) from delivery where state = 'sent'");
  }

  private static double percentile(TriggerShop shop, String campaign, String time, String counted)
      throws SQLException {
    return shop.number(
        """
        select percentile_cont(0.99) within group (order by extract(epoch from %s))
        from trigger_entry e join run r on r.id = e.run_id
        join delivery d on d.run_id = e.run_id and d.profile_id = e.profile_id
        where r.campaign = '%s' and d.state = 'sent' and %s
        """
            .formatted(time, campaign, counted));
  }

  private static List<Figure> admission(TriggerShop shop, long seconds) throws Exception {
    Trigger later = shop.register(TriggerShop.LATER);
    AdmissionRequest request = new TriggerPlan(shop.plan(TriggerShop.LATER)).request();
    shop.wait(later, 0, shop.people(), 7_200, 72_000);
    shop.execute("vacuum analyze trigger_entry");
    shop.wait(later, 2 * shop.people(), 7L * DUE_PER_SECOND * seconds, 0, seconds);
    try (TriggerDecider decider = TriggerDecider.open(shop, later, request)) {
      ExecutorService threads = Executors.newSingleThreadExecutor();
      AtomicBoolean ended = new AtomicBoolean();
      double before = decider.seconds();
      long began = System.nanoTime();
      Future<Double> own = threads.submit(() -> decider.lookNowAndThen(ended));
      feed(shop, seconds);
      ended.set(true);
      double used = own.get() + decider.seconds() - before;
      double share = 100 * used / ((System.nanoTime() - began) / 1e9);
      threads.shutdown();
      long backlog = Math.max(10_000, shop.people() / 5);
      shop.wait(later, 20 * shop.people(), backlog, -3_600, 1_800);
      shop.execute("vacuum analyze trigger_entry");
      before = decider.seconds();
      long start = System.nanoTime();
      double thread = decider.decideAll();
      double took = (System.nanoTime() - start) / 1e9;
      double worked = thread + decider.seconds() - before;
      return List.of(
          Figure.of("deciding, share of a core (worker and PostgreSQL)", share, "%")
              .against("limit", 10),
          Figure.of("decided of a backlog", backlog / took, "people/s").against("at least", 20_000),
          Figure.of("decided in a second of a core's time", backlog / worked, "people"));
    }
  }

  /** The same events, in turns with triggers and without any. */
  private static List<Figure> capture(TriggerShop shop) throws SQLException {
    shop.register(TriggerShop.LATER);
    shop.register(TriggerShop.AT_ONCE);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = -CAPTURE_WARMING; round < CAPTURE_ROUNDS; round++) {
      shop.execute("update campaign_trigger set retired_at = now()");
      double none = storing(shop);
      shop.execute("update campaign_trigger set retired_at = null");
      double both = storing(shop);
      if (round >= 0) {
        without.add(none);
        with.add(both);
      }
    }
    double events = BATCH;
    return List.of(
        Figure.of("events stored, 20 % of which enter", events / median(with), "events/s")
            .against("the same without triggers", events / median(without)),
        Figure.of("cost of capturing", 100 * (median(with) / median(without) - 1), "%")
            .against("limit", 20));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double storing(TriggerShop shop) {
    long start = System.nanoTime();
    shop.load(BATCH);
    return (System.nanoTime() - start) / 1e9;
  }

  /** What workers of campaigns ask the database to whom nothing happens. */
  private static List<Figure> idle(TriggerShop shop) throws Exception {
    PlanDocument plan = shop.plan(TriggerShop.AT_ONCE);
    List<Cancellation> workers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(IDLE);
    try {
      for (int i = 0; i < IDLE; i++) {
        Cancellation cancellation = new Cancellation();
        workers.add(cancellation);
        TriggerExecution worker =
            new TriggerExecution(
                plan,
                new MountedSecrets(shop.secrets()),
                Clock.systemUTC(),
                new RunListener() {},
                cancellation,
                "idle-" + i);
        threads.execute(worker::run);
        Waiting.await(60, worker::isReady);
      }
      // The database has work of its own, which is not counted.
      shop.execute("alter system set autovacuum = off");
      shop.execute("select pg_reload_conf()");
      // What starting has asked is in the database's statistics ten seconds after a session's last
      // word.
      TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
      double before = statements(shop);
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      double asked = statements(shop) - before;
      return List.of(
          Figure.of("1,000 idle triggers", asked / IDLE_SECONDS / IDLE * 1000, "transactions/s")
              .against("limit", 20));
    } finally {
      workers.forEach(Cancellation::cancel);
      threads.shutdown();
      threads.awaitTermination(60, TimeUnit.SECONDS);
    }
  }

  private static double statements(TriggerShop shop) throws SQLException {
    return shop.number(
        "select xact_commit + xact_rollback from pg_stat_database"
            + " where datname = current_database()");
  }
}
