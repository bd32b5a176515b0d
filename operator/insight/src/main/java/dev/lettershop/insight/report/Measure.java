package dev.lettershop.insight.report;

import java.util.function.ToLongFunction;

/** What is counted of people, of whom, and by which rule. The rule is shown beside the number. */
public enum Measure {
  /** Mails that were to go out. */
  Planned(
      "the audience",
      "In the audience and not skipped; why others were skipped stands below.",
      Outcomes::planned,
      Outcomes::people),
  /** Mails that went out. */
  Sent("planned", "The relay accepted the mail.", Outcomes::sent, Outcomes::planned),
  /** Mails that arrived, as far as anybody can tell. */
  Delivered(
      "sent",
      "Sent, and no bounce came back. Whoever opened, clicked, unsubscribed or complained counts in"
          + " any case.",
      Outcomes::delivered,
      Outcomes::sent),
  /** People who opened. */
  Opened(
      "delivered",
      "A person, or the mail proxy of one, loaded the image of the mail. Opens are recorded only of"
          + " those who consent to it, and not where images are off: a lower bound.",
      Outcomes::opened,
      Outcomes::delivered),
  /** People who clicked. */
  Clicked(
      "delivered",
      "A person followed a recorded link of the mail, whenever and how often. Programs that look"
          + " into mails do not count; a click counts two minutes after it came.",
      Outcomes::clicked,
      Outcomes::delivered),
  /** People who want no more. */
  Unsubscribed(
      "delivered",
      "Withdrew a consent by the links or the button of this mail.",
      Outcomes::unsubscribed,
      Outcomes::delivered),
  /** People who called it spam. */
  Complained(
      "delivered",
      "The mail provider reported a complaint about this mail. Gmail reports none.",
      Outcomes::complained,
      Outcomes::delivered),
  /** Mails that came back. */
  Bounced(
      "sent",
      "Sent and not delivered: a bounce came back, for good or for the time being.",
      Outcomes::returned,
      Outcomes::sent);

  private final String denominator;
  private final String definition;
  private final ToLongFunction<Outcomes> count;
  private final ToLongFunction<Outcomes> of;

  Measure(
      String denominator,
      String definition,
      ToLongFunction<Outcomes> count,
      ToLongFunction<Outcomes> of) {
    this.denominator = denominator;
    this.definition = definition;
    this.count = count;
    this.of = of;
  }

  /** What the rate is of, in words. */
  public String denominator() {
    return denominator;
  }

  /** The rule in words. */
  public String definition() {
    return definition;
  }

  /** The rate of some people. */
  public Rate of(Outcomes outcomes) {
    return Rate.of(count.applyAsLong(outcomes), of.applyAsLong(outcomes));
  }
}
