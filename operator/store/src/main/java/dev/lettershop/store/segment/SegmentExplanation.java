package dev.lettershop.store.segment;

import java.util.List;
import java.util.Map;

/**
 * How the database answers a rule.
 *
 * @param sql the query, with its values in place; for people, never run
 * @param plan PostgreSQL's plan, line by line
 * @param cost PostgreSQL's estimate, in its own unit (about one page read in order)
 * @param members PostgreSQL's estimate of how many there are
 * @param profiles how many profiles there are, by the same statistics
 * @param indexes statements that would make indexes which help, with the reason
 * @param eventsOfAllTime how many events the rule looks at without a window, by name, estimated
 */
public record SegmentExplanation(
    String sql,
    List<String> plan,
    double cost,
    long members,
    long profiles,
    List<IndexAdvice> indexes,
    Map<String, Long> eventsOfAllTime) {

  /**
   * An index that would help.
   *
   * @param statement that makes it
   */
  public record IndexAdvice(String statement, String reason) {}
}
