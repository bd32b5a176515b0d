package dev.lettershop.insight.report;

import java.time.Instant;
import java.util.List;

/**
 * What one run achieved, as it is shown: the page, the JSON and the CSV hold the same numbers. Each
 * number has its rule beside it, and groups of fewer than {@value Groups#FEWEST} people are shown
 * together with others.
 *
 * @param summary what happened, in one or a few sentences
 * @param funnel from the audience to the click, then what went wrong
 * @param skipped why people got no mail, the most frequent reason first
 * @param undecided people whose mail is under way, failed, or perhaps sent, by state
 * @param variants null without an experiment
 * @param goal null for a campaign without one
 * @param clicks when people clicked
 * @param links which links they followed
 * @param breakdowns the figures of people who have something in common
 * @param limits what providers allow, and where this run stands
 * @param traffic requests by people and by programs
 * @param earlier the campaign's runs before this one; null when there is none to compare with
 * @param compared the run that was asked to be compared with; null without
 * @param notes what to know about the numbers
 */
public record Report(
    RunFacts.Subject subject,
    Instant madeAt,
    String summary,
    List<Step> funnel,
    List<Skipped> skipped,
    List<Count> undecided,
    Variants variants,
    Goal goal,
    Clicks clicks,
    Links links,
    List<Breakdown> breakdowns,
    List<Limit> limits,
    Traffic traffic,
    Earlier earlier,
    Compared compared,
    List<String> notes) {

  /**
   * A step of the funnel.
   *
   * @param denominator what the rate is of
   * @param machines people whose mail only programs opened or followed a link of; null where that
   *     does not apply
   */
  public record Step(
      Measure measure, Rate rate, String denominator, String definition, Long machines) {}

  /** How many people were skipped for a reason, and what the reason means. */
  public record Skipped(String reason, long people, String meaning) {}

  /** A number with its name. */
  public record Count(String name, long count) {}

  /**
   * Variants of an experiment.
   *
   * @param pairs each two of them compared
   * @param sampleRatio the probability that shares differ so much from what was promised by chance;
   *     null when nobody was mailed
   * @param suspicious whether that is so improbable that the comparison means nothing
   */
  public record Variants(
      List<Row> rows,
      List<Pair> pairs,
      Trial.Decision decision,
      Double sampleRatio,
      boolean suspicious,
      String rule) {}

  /**
   * What the campaign is for.
   *
   * @param event that people are to do
   * @param credited to this mail
   * @param creditRule by which it is
   * @param converted of each group of people, whoever gets the credit
   * @param lift null without a hold-out
   */
  public record Goal(
      String event,
      String within,
      List<Trial.Credited> credited,
      String creditRule,
      List<Converted> converted,
      String convertedRule,
      Lift lift) {}

  /** People of a group who did what the goal asks for; of those mailed, or held out. */
  public record Converted(String group, Rate rate, double value) {}

  /**
   * What the mail changed, told by those who did not get it.
   *
   * @param ratio of the rates with and without the mail; null when nobody was held out, or nobody
   *     without the mail did it
   * @param low end of an interval that is valid however often somebody looks
   * @param high end of it; null for infinity
   * @param because people who did it because of the mail, as far as the rates tell
   */
  public record Lift(
      Rate mailed, Rate heldOut, Double ratio, Double low, Double high, long because, String rule) {
    /** Such as {@code 1.21 (1.04 to 1.41)}. */
    public String text() {
      return new Pair("mailed", "held out", ratio, low, high).text();
    }
  }

  /**
   * The ratio of the click rates of two variants.
   *
   * @param ratio null when nobody clicked
   * @param low end of an interval that is valid however often somebody looks
   * @param high end of it; null for infinity
   */
  public record Pair(String first, String second, Double ratio, Double low, Double high) {
    /** Such as {@code 1.21 (1.04 to 1.41)}. */
    public String text() {
      return ratio == null
          ? "–"
          : Words.ratio(ratio)
              + " ("
              + Words.ratio(low)
              + " to "
              + (high == null ? "∞" : Words.ratio(high))
              + ")";
    }
  }

  /**
   * Figures of some people.
   *
   * @param sent null where there are so few that they are not shown; then rates are null as well
   * @param opened null as well where opens are not recorded
   * @param clicked null as well where clicks are not recorded
   */
  public record Row(
      String name,
      Long sent,
      Rate delivered,
      Rate opened,
      Rate clicked,
      Rate unsubscribed,
      Rate complained,
      Rate bounced) {
    /** Whether there are too few people to show figures of. */
    public boolean hidden() {
      return sent == null;
    }
  }

  /** Figures of people by one property. */
  public record Breakdown(String title, List<Row> rows, String note) {}

  /**
   * People who clicked for the first time, over time.
   *
   * @param unit Hour or Day, since the run started
   */
  public record Clicks(String unit, List<Moment> moments, String rule) {}

  /**
   * @param from units since the run started
   * @param sofar people who have clicked by the end of it
   */
  public record Moment(int from, long clicked, long sofar, long opened) {}

  /** The links of the run, those followed by most people first. */
  public record Links(List<Link> rows, String rule) {}

  /**
   * @param followed people who followed it, of those who got a mail with this template
   * @param machines people whose mail only programs followed it from
   */
  public record Link(
      int number, String template, String address, Rate followed, long machines, long hits) {}

  /**
   * A limit.
   *
   * @param limit from 0 to 1
   * @param standing under, over, or open while there are too few people to tell
   */
  public record Limit(String name, Rate rate, double limit, String provider, String standing) {}

  /**
   * Requests by what they are held to be.
   *
   * @param machineShare of all requests, those by programs; null without any
   */
  public record Traffic(List<RunFacts.Traffic> rows, Double machineShare, String rule) {}

  /**
   * Earlier runs, the newest first.
   *
   * @param low the lowest of their click rates
   * @param high the highest of them
   */
  public record Earlier(List<EarlierRow> rows, double low, double high, String rule) {}

  /** An earlier run. */
  public record EarlierRow(String run, Instant startedAt, Row figures) {}

  /** Another run beside this one. */
  public record Compared(
      String campaign, String run, Instant startedAt, List<Difference> rows, String rule) {}

  /**
   * A rate of both.
   *
   * @param difference this run's rate without the other's; null when either mailed nobody
   * @param low end of the interval with a confidence of 95%
   * @param high end of it
   */
  public record Difference(
      Measure measure, Rate here, Rate there, Double difference, Double low, Double high) {
    /** Such as {@code +1.2% (-0.3% to +2.7%)}, in percentage points. */
    public String text() {
      return difference == null
          ? "–"
          : signed(difference) + " (" + signed(low) + " to " + signed(high) + ")";
    }

    private static String signed(double points) {
      return (points > 0 ? "+" : "") + Words.percent(points);
    }
  }
}
