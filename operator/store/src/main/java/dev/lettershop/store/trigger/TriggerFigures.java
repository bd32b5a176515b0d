package dev.lettershop.store.trigger;

import java.time.Duration;
import java.util.Map;

/**
 * How a trigger is doing.
 *
 * @param waiting people who have entered and are not decided about
 * @param lag for how long the one who is due longest has been so; zero when nobody is
 * @param outcomes people of the last 24 hours, by outcome: {@code planned}, or the reason's key
 * @param sent mails of its open runs that the relay took
 */
public record TriggerFigures(long waiting, Duration lag, Map<String, Long> outcomes, long sent) {
  public TriggerFigures {
    outcomes = Map.copyOf(outcomes);
  }
}
