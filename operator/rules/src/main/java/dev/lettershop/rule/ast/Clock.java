package dev.lettershop.rule.ast;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clock of a time zone: when it changed, and how far it is from UTC. Engines read this one list
 * of changes, because each has rules of its own for times long ago and far ahead. Changes of the
 * years {@value #FIRST_YEAR} to {@value #LAST_YEAR} are known; before and after, the clock goes on
 * as it did at that end. Immutable and thread-safe.
 */
public final class Clock {
  static final int FIRST_YEAR = 1970;
  static final int LAST_YEAR = 2100;

  private static final Instant BEGIN = Instant.parse(FIRST_YEAR + "-01-01T00:00:00Z");
  private static final Instant END = Instant.parse(LAST_YEAR + 1 + "-01-01T00:00:00Z");
  private static final ConcurrentHashMap<String, Clock> KNOWN = new ConcurrentHashMap<>();
  private static final SortedSet<String> NAMES =
      Collections.unmodifiableSortedSet(new TreeSet<>(ZoneRulesProvider.getAvailableZoneIds()));

  private final String name;
  private final long[] changes;
  private final int[] offsets;

  private Clock(String name, long[] changes, int[] offsets) {
    this.name = name;
    this.changes = changes;
    this.offsets = offsets;
  }

  /** Names of the IANA time zone database, such as {@code Europe/Berlin}. */
  public static SortedSet<String> names() {
    return NAMES;
  }

  /** Version of the time zone database that the changes come from, such as {@code 2025b}. */
  public static String version() {
    return ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
  }

  /** The clock of a name; empty when there is no such zone. */
  public static Optional<Clock> of(String name) {
    return NAMES.contains(name)
        ? Optional.of(KNOWN.computeIfAbsent(name, Clock::read))
        : Optional.empty();
  }

  private static Clock read(String name) {
    ZoneRules rules = ZoneId.of(name).getRules();
    List<Long> changes = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    offsets.add(rules.getOffset(BEGIN).getTotalSeconds());
    ZoneOffsetTransition next = rules.nextTransition(BEGIN);
    while (next != null && next.getInstant().isBefore(END)) {
      changes.add(next.toEpochSecond());
      offsets.add(next.getOffsetAfter().getTotalSeconds());
      next = rules.nextTransition(next.getInstant());
    }
    return new Clock(
        name,
        changes.stream().mapToLong(Long::longValue).toArray(),
        offsets.stream().mapToInt(Integer::intValue).toArray());
  }

  public String name() {
    return name;
  }

  /** Moments from which on the next offset holds, in order. */
  public List<Instant> changes() {
    return Arrays.stream(changes).mapToObj(Instant::ofEpochSecond).toList();
  }

  /** Seconds east of UTC: before the first change, and from each change on. */
  public List<Integer> offsets() {
    return Arrays.stream(offsets).boxed().toList();
  }

  /** What the clock shows. */
  public LocalDateTime at(Instant moment) {
    int found = Arrays.binarySearch(changes, moment.getEpochSecond());
    int offset = offsets[found >= 0 ? found + 1 : -found - 1];
    return LocalDateTime.ofInstant(moment, ZoneOffset.UTC).plusSeconds(offset);
  }
}
