package dev.lettershop.collector.mapping;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.Turn;
import dev.lettershop.store.intake.Backlog;
import dev.lettershop.store.intake.IntakeMovedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Works through intake in the background, while no other process does. Others stand by, and take
 * over when this one ends.
 */
public final class MappingFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(MappingFeature.class);

  /** Calls at a time. */
  private static final int MOST = 5_000;

  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration STANDBY = Duration.ofSeconds(1);
  private static final Duration MEASURE = Duration.ofSeconds(5);

  private final Store store;
  private final ProfileSchema schema;
  private final Map<String, BatchMapping> sources = new LinkedHashMap<>();
  private final MappingMeters meters;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "mapping");
  private LocalDate weeksKept;
  private Instant measured = Instant.MIN;

  /**
   * @param store with the rights of its owner; brought up to date before the first work
   * @param retention how long events are kept, or null
   * @throws IllegalArgumentException when a source's mapping does not fit the schema
   */
  public MappingFeature(
      Store store,
      ProfileSchema schema,
      Set<String> topics,
      List<MappingSource> sources,
      Duration retention,
      MeterRegistry registry,
      Clock clock) {
    this.store = store;
    this.schema = schema;
    this.meters = new MappingMeters(registry);
    this.clock = clock;
    for (MappingSource source : sources) {
      this.sources.put(
          source.name(),
          new BatchMapping(store, schema, topics, source, retention, clock, meters, MOST));
    }
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
      } catch (StoreException | IntakeMovedException e) {
        LOG.warnf("Intake waits: %s", e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf("Intake waits: %s", e.getClass().getName());
      }
      pause(STANDBY);
    }
  }

  private void takeTurn() {
    try (Turn turn = store.intake().takeTurn().orElse(null)) {
      if (turn != null) {
        whileMine(turn);
      }
    } finally {
      // What waits is now somebody else's to measure.
      meters.backlog(new Backlog(0, Duration.ZERO));
    }
  }

  private void whileMine(Turn turn) {
    while (closed.getCount() > 0 && turn.isHeld()) {
      keepWeeks();
      boolean worked = round();
      measure();
      if (!worked) {
        pause(IDLE);
      }
    }
  }

  /** Every source gets its turn: a flood of one does not hold up the others. */
  private boolean round() {
    boolean worked = false;
    for (String name : store.intake().sources()) {
      BatchMapping source = sources.get(name);
      // What a newer plan declares waits for the process that knows it.
      if (source != null && closed.getCount() > 0) {
        worked |= source.run() > 0;
      }
    }
    return worked;
  }

  private void keepWeeks() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.equals(weeksKept)) {
      store.intake().keepWeeks(today);
      weeksKept = today;
    }
  }

  private void measure() {
    Instant now = clock.instant();
    if (Duration.between(measured.equals(Instant.MIN) ? now.minus(MEASURE) : measured, now)
            .compareTo(MEASURE)
        >= 0) {
      measured = now;
      meters.backlog(store.intake().backlog());
    }
  }

  private void pause(Duration time) {
    try {
      if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  /** Ends behind the batch that is being worked through. */
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
