package dev.lettershop.insight.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is remembered of one mail while its hits are judged. */
final class Mail {
  private static final Duration SPAN = Duration.ofSeconds(2);
  private static final Duration AFTER = Duration.ofMinutes(10);
  private static final Duration LATER = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int LINKS = 3;

  /** More hits within a span tell nothing new. */
  private static final int ENOUGH = 64;

  private final Deque<Waiting> lately = new ArrayDeque<>();
  private final Map<String, Instant> scanners = new HashMap<>();
  private final Deque<Instant> clicks = new ArrayDeque<>();
  private Instant evidence;
  private Instant last = Instant.MIN;

  /**
   * Takes a hit that has come.
   *
   * @return the hits that are now known to be part of a burst
   */
  List<Waiting> take(Waiting waiting) {
    Hit hit = waiting.hit();
    last = hit.at();
    if (hit.kind() == HitKind.Evidence) {
      evidence = hit.at();
      return List.of();
    }
    while (!lately.isEmpty()
        && (lately.size() == ENOUGH || lately.peek().hit().at().plus(SPAN).isBefore(hit.at()))) {
      lately.poll();
    }
    lately.add(waiting);
    if (hit.kind() == HitKind.Click) {
      while (!clicks.isEmpty() && clicks.peek().plus(HOUR).isBefore(hit.at())) {
        clicks.poll();
      }
      waiting.second = !clicks.isEmpty() && clicks.peek().plus(LATER).isBefore(hit.at());
      clicks.add(hit.at());
    }
    Instant scanned = hit.network() == null ? null : scanners.get(hit.network());
    waiting.afterBurst = scanned != null && !scanned.plus(AFTER).isBefore(hit.at());
    return burst(hit);
  }

  private List<Waiting> burst(Hit hit) {
    long distinct =
        lately.stream()
            .filter(other -> other.hit().kind() == HitKind.Click)
            .mapToInt(other -> other.hit().link())
            .distinct()
            .count();
    if (hit.links() < 2 || distinct < Math.min(LINKS, hit.links())) {
      return List.of();
    }
    List<Waiting> burst = new ArrayList<>();
    for (Waiting other : lately) {
      if (!other.burst) {
        other.burst = true;
        burst.add(other);
      }
      scanners.put(other.hit().network(), hit.at());
    }
    return burst;
  }

  /** Whether something that only a person does is known within an hour of a click. */
  boolean hasEvidence(Hit hit) {
    return hit.kind() == HitKind.Click
        && evidence != null
        && !evidence.plus(HOUR).isBefore(hit.at());
  }

  boolean isOver(Instant before) {
    return last.isBefore(before);
  }

  /** A hit whose verdict is not final. */
  static final class Waiting {
    private final Hit hit;
    private boolean burst;
    private boolean afterBurst;
    private boolean second;

    Waiting(Hit hit) {
      this.hit = hit;
    }

    Hit hit() {
      return hit;
    }

    boolean isBurst() {
      return burst;
    }

    boolean isAfterBurst() {
      return afterBurst;
    }

    /** Whether it came well after another click and is no part of a burst itself. */
    boolean isSecondClick() {
      return second && !burst;
    }
  }
}
