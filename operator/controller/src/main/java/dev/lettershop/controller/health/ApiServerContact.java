package dev.lettershop.controller.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the API server now and then which kinds it serves, and remembers when it last answered. Asks
 * at most once in ten seconds however often it is asked itself, and on the thread of who asks.
 */
public final class ApiServerContact {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Supplier<Set<String>> ask;
  private final Clock clock;

  private Instant asked;
  private Instant answered;
  private Set<String> kinds = Set.of();
  private String failure;

  /**
   * What is known.
   *
   * @param kinds that the server served when it last answered
   * @param answered when that was, or null when it never did
   * @param failure what it said when it was last asked, or null when it answered
   */
  public record Answer(Set<String> kinds, Instant answered, String failure) {}

  /**
   * @param ask kinds of the group that the API server serves now; throws when it does not answer
   */
  public ApiServerContact(Supplier<Set<String>> ask, Clock clock) {
    this.ask = ask;
    this.clock = clock;
  }

  public synchronized Answer answer() {
    Instant now = clock.instant();
    if (asked == null || !now.isBefore(asked.plus(PAUSE))) {
      asked = now;
      try {
        kinds = Set.copyOf(ask.get());
        answered = clock.instant();
        failure = null;
      } catch (RuntimeException e) {
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
    }
    return new Answer(kinds, answered, failure);
  }
}
