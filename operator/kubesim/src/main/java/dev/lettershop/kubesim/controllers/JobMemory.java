package dev.lettershop.kubesim.controllers;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the controller knows of a Job and does not stand in its status: the real one keeps it in
 * annotations of Pods, ours need not outlive the process.
 *
 * @param counted the Pods that the status counts already, by uid
 * @param failures how often each index failed since it last did not
 * @param lastFailures when each index failed last
 */
record JobMemory(
    Set<String> counted, Map<Integer, Integer> failures, Map<Integer, Instant> lastFailures) {
  private static final int LONGEST_DOUBLINGS = 6;

  JobMemory {
    counted = Set.copyOf(counted);
    failures = Map.copyOf(failures);
    lastFailures = Map.copyOf(lastFailures);
  }

  static final JobMemory EMPTY = new JobMemory(Set.of(), Map.of(), Map.of());

  JobMemory withCounted(String uid) {
    Set<String> more = new HashSet<>(counted);
    more.add(uid);
    return new JobMemory(more, failures, lastFailures);
  }

  JobMemory withFailure(int index, Instant end) {
    Map<Integer, Integer> more = new HashMap<>(failures);
    more.merge(index, 1, Integer::sum);
    Map<Integer, Instant> last = new HashMap<>(lastFailures);
    last.merge(index, end, (one, other) -> one.isAfter(other) ? one : other);
    return new JobMemory(counted, more, last);
  }

  JobMemory withSuccess(int index) {
    Map<Integer, Integer> fewer = new HashMap<>(failures);
    fewer.remove(index);
    return new JobMemory(counted, fewer, lastFailures);
  }

  int failures(int index) {
    return failures.getOrDefault(index, 0);
  }

  /**
   * How long an index has to wait before it is tried again: doubled with each failure, at most 64
   * times.
   *
   * @param base the wait after the first failure
   */
  Duration wait(int index, Duration base, Instant now) {
    int failed = failures(index);
    if (failed == 0) {
      return Duration.ZERO;
    }
    Duration delay = base.multipliedBy(1L << Math.min(failed - 1, LONGEST_DOUBLINGS));
    Duration left = Duration.between(now, lastFailures.get(index).plus(delay));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
