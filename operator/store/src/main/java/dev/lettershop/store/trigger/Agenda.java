package dev.lettershop.store.trigger;

import java.time.Instant;
import java.util.List;

/**
 * What there is to do for a trigger.
 *
 * @param now by the database's clock
 * @param oldest when the one who has waited longest was triggered; null when nobody waits
 */
public record Agenda(Instant now, Instant oldest, List<OpenRun> runs) {
  public Agenda {
    runs = List.copyOf(runs);
  }

  /**
   * A run that is not over.
   *
   * @param due when the next mail of it is due, or may be taken over from somebody who died; null
   *     when there is none
   * @param over whether it takes no more people
   */
  public record OpenRun(long id, String name, Instant due, boolean over) {}
}
