package dev.lettershop.insight.report;

/**
 * What became of some of the people of a run. All are numbers of people, never of requests, and
 * each is a part of the one that its rate is taken of; so no rate exceeds 100%.
 *
 * @param people in the run's audience, whether they got mail or not
 * @param planned in the audience and not skipped
 * @param sent whose mail the relay accepted
 * @param returned sent, a bounce came back, and the person did nothing that shows the mail arrived
 * @param delivered sent, without those returned
 * @param opened delivered, and a person or the mail proxy of one loaded the image
 * @param openedByMachines delivered, and only programs loaded the image
 * @param clicked delivered, and a person followed a link
 * @param clickedByMachines delivered, and only programs followed a link
 * @param unsubscribed delivered, and withdrew the consent by this mail
 * @param complained delivered, and complained about this mail
 */
public record Outcomes(
    long people,
    long planned,
    long sent,
    long returned,
    long delivered,
    long opened,
    long openedByMachines,
    long clicked,
    long clickedByMachines,
    long unsubscribed,
    long complained) {

  /** Nobody. */
  public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Outcomes plus(Outcomes other) {
    return new Outcomes(
        people + other.people,
        planned + other.planned,
        sent + other.sent,
        returned + other.returned,
        delivered + other.delivered,
        opened + other.opened,
        openedByMachines + other.openedByMachines,
        clicked + other.clicked,
        clickedByMachines + other.clickedByMachines,
        unsubscribed + other.unsubscribed,
        complained + other.complained);
  }
}
