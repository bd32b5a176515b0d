package dev.lettershop.store.trigger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who would have got a triggered mail.
 *
 * @param outcomes events by outcome: {@code planned}, {@code waiting}, or the reason's key
 * @param people some of them, the newest first
 */
public record SimulationResult(Map<String, Long> outcomes, List<Person> people) {
  public SimulationResult {
    outcomes = Map.copyOf(outcomes);
    people = List.copyOf(people);
  }

  /**
   * What became of one event.
   *
   * @param event its id
   * @param due when the mail was due
   */
  public record Person(long profile, String event, Instant at, Instant due, String outcome) {}
}
