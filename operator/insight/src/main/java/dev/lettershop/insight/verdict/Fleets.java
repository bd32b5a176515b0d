package dev.lettershop.insight.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Networks from which several mails were scanned lately. */
final class Fleets {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MAILS = 3;

  private final Map<String, Deque<Scan>> scans = new HashMap<>();

  private record Scan(Object delivery, Instant at) {}

  void add(Hit hit) {
    if (hit.network() == null) {
      return;
    }
    Deque<Scan> ofNetwork = scans.computeIfAbsent(hit.network(), key -> new ArrayDeque<>());
    // One entry a mail is enough, and as many mails as make a fleet.
    ofNetwork.removeIf(scan -> scan.delivery().equals(hit.delivery()));
    ofNetwork.add(new Scan(hit.delivery(), hit.at()));
    if (ofNetwork.size() > MAILS) {
      ofNetwork.poll();
    }
  }

  boolean contains(Hit hit) {
    Deque<Scan> ofNetwork = scans.get(hit.network());
    return ofNetwork != null
        && ofNetwork.stream().filter(scan -> !scan.at().plus(HOUR).isBefore(hit.at())).count()
            >= MAILS;
  }

  void forget(Instant before) {
    scans
        .values()
        .removeIf(
            ofNetwork -> {
              ofNetwork.removeIf(scan -> scan.at().isBefore(before));
              return ofNetwork.isEmpty();
            });
  }
}
