package dev.lettershop.store.trigger;

import dev.lettershop.rule.Rule;
import java.time.Duration;
import java.util.List;

/**
 * Who of those that entered gets the mail, and when.
 *
 * @param when null for everybody; about one event ({@code RuleCompiler.compileAboutEvent}) where an
 *     event triggers, about the profile where entering a segment does
 * @param delay whole seconds after the event
 * @param unless null when nothing cancels
 * @param restart whether the same again, before the mail is due, takes the place of what was before
 * @param startingDeadline how long after somebody was due the mail may still be decided on
 */
public record TriggerTerms(
    Rule when,
    Duration delay,
    Unless unless,
    Reentry reentry,
    boolean restart,
    Duration startingDeadline) {

  /**
   * What cancels.
   *
   * @param event name
   * @param matching properties that have to be the same; one that either event lacks counts as the
   *     same
   * @param since how long before the event it counts already
   * @param sources names of sources that may bring such an event: nobody is decided about before
   *     they have been read up to then
   */
  public record Unless(String event, List<String> matching, Duration since, List<String> sources) {
    public Unless {
      matching = List.copyOf(matching);
      sources = List.copyOf(sources);
    }
  }

  /**
   * How often somebody gets the mail.
   *
   * @param atMost at least 1
   * @param per between the events
   * @param by property of which each value counts by itself, or null
   */
  public record Reentry(int atMost, Duration per, String by) {}
}
