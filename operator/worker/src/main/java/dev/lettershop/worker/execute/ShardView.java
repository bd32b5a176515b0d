package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardPause;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.delivery.policy.PauseReason;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.HeldBounces;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunCounts;
import dev.lettershop.store.ledger.RunProgress;
import dev.lettershop.store.ledger.Shard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What one shard of a run has to report, at any moment. The ledger's rows are counted, but not more
 * than a fiftieth of the time; in between the leases' tallies say how many were sent. Thread-safe.
 */
public final class ShardView {
  private static final int REST = 50;

  /** How long a status without news may stand. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);

  private final Shard shard;
  private final Clock clock;
  private volatile ShardActivity activity = ShardActivity.Syncing;
  private volatile Frozen frozen;
  private volatile Supplier<Optional<PauseReason>> pause = Optional::empty;
  private Figures figures;
  private ShardStatus reported;
  private Instant reportedAt;
  private long nextCount = System.nanoTime();

  /** A run whose audience is decided, and where its figures are. */
  private record Frozen(Ledger ledger, HeldBounces bounces, Run run) {}

  /**
   * Counted rows; {@code sent} and {@code failed} may be newer.
   *
   * @param held addresses of the store whose suppression waits for a decision
   */
  private record Figures(boolean dry, RunCounts counts, long sent, long failed, long held) {}

  public ShardView(Shard shard, Clock clock) {
    this.shard = shard;
    this.clock = clock;
  }

  void doing(ShardActivity now) {
    activity = now;
  }

  void follows(Store store, Run run) {
    frozen = new Frozen(store.ledger(), store.heldBounces(), run);
  }

  /** Who knows why nothing goes out, while that is so. */
  void heldUpBy(Supplier<Optional<PauseReason>> reason) {
    pause = reason;
  }

  /** Why nothing goes out at the moment, in a sentence; empty while mails go out. */
  public Optional<String> heldUp() {
    return pause.get().map(PauseReason::message);
  }

  /** From now on the ledger is not asked any more. */
  void closed() {
    frozen = null;
  }

  /** What is to be reported now; never fails, and is as old as the database's last answer. */
  public synchronized ShardStatus now() {
    Frozen source = frozen;
    if (source != null) {
      try {
        look(source);
      } catch (StoreException notNow) {
        // What was known last stands; the run itself says when the database fails.
      }
    }
    return status();
  }

  /**
   * Counts every row: what stands in the ledger.
   *
   * @throws StoreException when the database fails
   */
  synchronized ShardStatus count() {
    Frozen source = frozen;
    if (source != null) {
      count(source);
    }
    return status();
  }

  /** The same when something else has failed: as much as can be had. */
  synchronized void last() {
    try {
      count();
    } catch (StoreException notNow) {
      // What was known last stands.
    }
  }

  /** What was counted last; null before. */
  synchronized RunCounts counts() {
    return figures == null ? null : figures.counts();
  }

  private void look(Frozen source) {
    if (figures == null || System.nanoTime() - nextCount >= 0) {
      count(source);
    } else {
      RunProgress progress = source.ledger().progress(source.run(), shard);
      figures =
          new Figures(
              figures.dry(), figures.counts(), progress.sent(), progress.failed(), figures.held());
    }
  }

  private void count(Frozen source) {
    long start = System.nanoTime();
    RunCounts counts = source.ledger().counts(source.run(), shard);
    figures =
        new Figures(
            source.run().dryRun(),
            counts,
            counts.of(DeliveryState.Sent),
            counts.of(DeliveryState.Failed),
            source.bounces().count());
    long end = System.nanoTime();
    nextCount = end + REST * (end - start);
  }

  /** The last status again for a while when nothing has changed, so that nobody is told twice. */
  private ShardStatus status() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean same = reported != null && status(reported.time()).equals(reported);
    if (!same || Duration.between(reportedAt, now).compareTo(SIGN_OF_LIFE) >= 0) {
      reportedAt = now;
      reported = status(now.toString());
    }
    return reported;
  }

  private ShardStatus status(String time) {
    if (figures == null) {
      return new ShardStatus(
          activity, null, null, null, null, null, null, null, time, pause(), null);
    }
    RunCounts counts = figures.counts();
    Map<String, Long> variants = new TreeMap<>();
    counts
        .variants()
        .forEach(
            (name, states) ->
                variants.put(
                    name, figures.dry() ? 0L : states.getOrDefault(DeliveryState.Sent, 0L)));
    return new ShardStatus(
        activity,
        counts.selected(),
        new TreeMap<>(counts.skipped()),
        figures.dry() ? 0L : figures.sent(),
        figures.failed(),
        counts.of(DeliveryState.Deferred),
        counts.of(DeliveryState.Uncertain),
        variants,
        time,
        pause(),
        figures.held() == 0 ? null : figures.held());
  }

  private ShardPause pause() {
    return pause.get().map(p -> new ShardPause(p.reason(), p.message())).orElse(null);
  }
}
