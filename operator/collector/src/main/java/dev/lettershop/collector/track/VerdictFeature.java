package dev.lettershop.collector.track;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.Turn;
import dev.lettershop.worker.task.HitJudging;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Gives hits their verdicts in the background, and credits conversions to mails, while no other
 * process does. Others stand by, and take over when this one ends.
 */
public final class VerdictFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(VerdictFeature.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration CREDIT_EVERY = Duration.ofMinutes(1);

  private final Store store;
  private final ProfileSchema schema;
  private final HitJudging judging;
  private final VerdictMeters meters;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "verdicts");
  private long credited = System.nanoTime() - CREDIT_EVERY.toNanos();

  /**
   * @param store with the rights of its owner; brought up to date before the first work
   */
  public VerdictFeature(
      Store store, ProfileSchema schema, HitJudging judging, MeterRegistry registry) {
    this(store, schema, judging, registry, PAUSE);
  }

  /**
   * @param pause between looking for hits, or for the turn
   */
  VerdictFeature(
      Store store,
      ProfileSchema schema,
      HitJudging judging,
      MeterRegistry registry,
      Duration pause) {
    this.pause = pause;
    this.store = store;
    this.schema = schema;
    this.judging = judging;
    this.meters = new VerdictMeters(registry);
  }

  /** Starts working. */
  @Override
  public void register(Routes routes) {
    thread.start();
  }

  private void work() {
    boolean migrated = false;
    while (closed.getCount() > 0) {
      try {
        if (!migrated) {
          store.migrate(schema);
          migrated = true;
        }
        takeTurn();
      } catch (StoreException e) {
        LOG.warnf("Verdicts wait: %s", e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf("Verdicts wait: %s", e.getClass().getName());
      }
      pause();
    }
  }

  private void takeTurn() {
    try (Turn turn = store.verdicts().takeTurn().orElse(null)) {
      while (turn != null && closed.getCount() > 0 && turn.isHeld()) {
        HitJudging.Step step = judging.step();
        meters.judged(step.counts());
        meters.lag(judging.lag());
        if (!step.more()) {
          credit();
          pause();
        }
      }
    } finally {
      // How far the verdicts lag is now somebody else's to measure.
      meters.lag(Duration.ZERO);
    }
  }

  /** What mails led to follows from events and verdicts; nobody waits for it. */
  private void credit() {
    long now = System.nanoTime();
    if (now - credited >= CREDIT_EVERY.toNanos()) {
      judging.raise();
      store.mailEvents().update();
      store.conversions().update();
      credited = now;
    }
  }

  private void pause() {
    try {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  /** Ends behind the step that is under way. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
