package dev.lettershop.collector.track;

import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.hit.LinkTarget;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Where links lead, in memory, so that they lead there also while the database is away: all runs of
 * the last weeks, and others once somebody has followed one of their links. What is in memory is on
 * the disk, too, for the next process. Thread-safe.
 */
final class Targets {
  private static final Logger LOG = Logger.getLogger(Targets.class);
  private static final int MOST_RUNS = 20_000;
  private static final Duration AT_FIRST = Duration.ofDays(60);

  /** For transactions that took long, and clocks that differ. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  /** Where they are kept. */
  interface Source {
    /**
     * @throws StoreException when they cannot be read
     */
    List<LinkTarget> of(long runId);

    /**
     * Those of all runs of the last seconds, by run.
     *
     * @throws StoreException when they cannot be read
     */
    Map<Long, List<LinkTarget>> ofLast(long seconds);
  }

  private final Source source;
  private final TargetFolder disk;
  private final LongSupplier nanos;
  private final Map<Long, Map<Integer, LinkTarget>> runs =
      Collections.synchronizedMap(new LatestRuns());
  private long readAt;
  private boolean read;

  private static final class LatestRuns extends LinkedHashMap<Long, Map<Integer, LinkTarget>> {
    private static final long serialVersionUID = 1L;

    LatestRuns() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Map<Integer, LinkTarget>> eldest) {
      return size() > MOST_RUNS;
    }
  }

  /**
   * Takes up what an earlier process has left.
   *
   * @param nanos a clock like {@link System#nanoTime()}
   */
  Targets(Source source, TargetFolder disk, LongSupplier nanos) {
    this.source = source;
    this.disk = disk;
    this.nanos = nanos;
    disk.read().forEach((run, links) -> runs.put(run, byNumber(links)));
  }

  /** Links of a run, by number; null when they are not in memory. */
  Map<Integer, LinkTarget> known(long runId) {
    return runs.get(runId);
  }

  /**
   * The same from the database; empty for a run that has none.
   *
   * @throws StoreException when they cannot be read
   */
  Map<Integer, LinkTarget> load(long runId) {
    List<LinkTarget> links = source.of(runId);
    if (!links.isEmpty()) {
      take(runId, links);
    }
    return byNumber(links);
  }

  private void take(long run, List<LinkTarget> links) {
    Map<Integer, LinkTarget> byNumber = byNumber(links);
    if (!byNumber.equals(runs.put(run, byNumber))) {
      disk.write(run, links);
    }
  }

  /** Takes up runs that are new; while the database is away, next time. */
  synchronized void refresh() {
    long now = nanos.getAsLong();
    long seconds =
        read ? Duration.ofNanos(now - readAt).plus(OVERLAP).toSeconds() : AT_FIRST.toSeconds();
    try {
      source.ofLast(seconds).forEach(this::take);
      readAt = now;
      read = true;
    } catch (StoreException away) {
      LOG.debugf("Links of new runs are read later: %s", away.getMessage());
    }
  }

  private static Map<Integer, LinkTarget> byNumber(List<LinkTarget> links) {
    Map<Integer, LinkTarget> byNumber = new HashMap<>();
    links.forEach(link -> byNumber.put(link.number(), link));
    return Map.copyOf(byNumber);
  }
}
