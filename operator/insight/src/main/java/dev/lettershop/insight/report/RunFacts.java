package dev.lettershop.insight.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the ledger holds about one run, in counts.
 *
 * @param goal what the campaign is for; null when it says nothing
 * @param total everybody in the audience
 * @param states people by state of their delivery, such as {@code sent}
 * @param skipped people who got no mail, by reason
 * @param bounced people by kind of what came back: Hard, Soft, Policy, Complaint
 * @param variants the same people by variant; empty without an experiment
 * @param domains by the domain of the address; null where the store encrypts addresses
 * @param languages by the language of the profile; empty text where it is not known
 * @param segments of those segments whose members are recorded, as they were when the audience was
 *     frozen
 * @param unrecorded names of segments of the plan whose members are not recorded
 * @param hours in which people clicked and opened first, in the order of time
 * @param links whose clicks are recorded, by number
 * @param traffic requests by what they are held to be
 * @param earlier runs of the campaign before this one, the newest first
 */
public record RunFacts(
    Subject subject,
    Trial.Goal goal,
    Outcomes total,
    Map<String, Long> states,
    Map<String, Long> skipped,
    Map<String, Long> bounced,
    List<Group> variants,
    List<Group> domains,
    List<Group> languages,
    List<Group> segments,
    List<String> unrecorded,
    List<Hour> hours,
    List<Link> links,
    List<Traffic> traffic,
    List<Earlier> earlier) {

  /**
   * The run.
   *
   * @param startedAt when the audience was frozen
   * @param completedAt null while it is under way
   * @param judgedTo until when opens and clicks have their verdict; null when none has
   */
  public record Subject(
      String namespace,
      String campaign,
      String run,
      String planHash,
      boolean dryRun,
      boolean test,
      Instant startedAt,
      Instant completedAt,
      Instant judgedTo) {}

  /** Some people who have something in common. */
  public record Group(String name, Outcomes outcomes) {}

  /**
   * People who clicked or opened for the first time in one hour.
   *
   * @param hour since the run started, from 0
   */
  public record Hour(int hour, long clicked, long opened) {}

  /**
   * A link.
   *
   * @param address in pieces; between two of them goes a value of the recipient
   * @param people who followed it themselves
   * @param machines whose mail only programs followed it from
   * @param hits requests of both
   */
  public record Link(
      int number, String template, List<String> address, long people, long machines, long hits) {}

  /**
   * Requests that are held to be of one kind for one reason.
   *
   * @param kind Open or Click
   * @param oldestRules version of the rules that judged the first of them
   * @param newestRules version of the rules that judged the last of them
   * @param people whose mails they came from; 0 where nobody is named
   */
  public record Traffic(
      String kind,
      String verdict,
      String reason,
      int oldestRules,
      int newestRules,
      long hits,
      long people) {}

  /** An earlier run. */
  public record Earlier(String run, Instant startedAt, Outcomes total) {}
}
