package dev.lettershop.insight.report;

import java.time.Instant;
import java.util.List;

/**
 * What a run tried out, and what its goal came to.
 *
 * @param answers what the people of each group did
 * @param goal what the campaign is for; null when it says nothing
 * @param credited what people did is credited to this mail, by how
 * @param decision null when nothing is to be decided
 */
public record Trial(List<Answers> answers, Goal goal, List<Credited> credited, Decision decision) {

  /**
   * One group.
   *
   * @param group name of the variant; empty without variants, and for the hold-out
   * @param heldOut whether these people got no mail, to compare with
   * @param decides whether the decision is made from these people
   * @param people planned for the group, or held out
   * @param sent mails that went out
   * @param clicked people who clicked
   * @param converted people who did what the goal asks for in its time, whoever gets the credit
   * @param value sum of what that was worth
   */
  public record Answers(
      String group,
      boolean heldOut,
      boolean decides,
      long people,
      long sent,
      long clicked,
      long converted,
      double value) {}

  /**
   * What a campaign is for.
   *
   * @param event that people are to do
   * @param seconds after the mail
   */
  public record Goal(String event, long seconds) {}

  /**
   * @param attribution Click: to people who had clicked before; Receipt: to people who had only got
   *     the mail
   * @param conversions how often they did it together
   * @param value what that was worth
   */
  public record Credited(String attribution, long people, long conversions, double value) {}

  /**
   * The decision between variants.
   *
   * @param at null before
   * @param outcome Winner, NoWinner, or Waiting before
   * @param reason in CamelCase; null before
   * @param winner the variant that the rest gets; null for none
   * @param looks that were taken
   * @param planned looks in all
   */
  public record Decision(
      String metric,
      Instant at,
      String outcome,
      String reason,
      String winner,
      int looks,
      int planned) {}
}
