package dev.lettershop.store.trigger;

import java.time.Duration;
import java.util.Map;

/**
 * What one round of decisions came to.
 *
 * @param end why it ended
 * @param outcomes people by outcome: {@code planned}, or the reason's key
 * @param slowest how long after it was due the latest of those planned was decided; zero when
 *     nobody was
 */
public record Admitted(End end, Map<String, Long> outcomes, Duration slowest) {

  /** Why a round ended. */
  public enum End {
    /** Nobody else is due. */
    Done,
    /** More may be due. */
    More,
    /** Somebody else decides at this moment. */
    Busy,
    /** As many as the limit allows in this hour are planned; the others wait. */
    Full
  }

  public Admitted {
    outcomes = Map.copyOf(outcomes);
  }

  static Admitted nobody(End end) {
    return new Admitted(end, Map.of(), Duration.ZERO);
  }

  /** How many get the mail. */
  public long planned() {
    return outcomes.getOrDefault(Admission.PLANNED, 0L);
  }
}
