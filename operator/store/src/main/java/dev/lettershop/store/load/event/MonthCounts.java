package dev.lettershop.store.load.event;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How many events are of which month (UTC). Not thread-safe. */
final class MonthCounts {

  private static final long[] NONE = {0};

  private final Map<YearMonth, long[]> counts = new HashMap<>();

  /** The month of the last event: most follow one of the same. */
  private long[] count;

  private long from;
  private long to;

  /**
   * @param counted false for one that may be another version of an event that is counted: then only
   *     its month is noted
   */
  void add(Instant time, boolean counted) {
    long second = time.getEpochSecond();
    if (count == null || second < from || second >= to) {
      YearMonth month = YearMonth.from(time.atOffset(ZoneOffset.UTC));
      from = start(month);
      to = start(month.plusMonths(1));
      count = counts.computeIfAbsent(month, m -> new long[1]);
    }
    count[0] += counted ? 1 : 0;
  }

  private static long start(YearMonth month) {
    return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }

  Collection<YearMonth> all() {
    return counts.keySet();
  }

  long of(YearMonth month) {
    return counts.getOrDefault(month, NONE)[0];
  }
}
