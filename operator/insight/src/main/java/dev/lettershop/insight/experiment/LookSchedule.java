package dev.lettershop.insight.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the answers to a mail are looked at, which is fixed before the first mail goes out. Half of
 * all answers that come within some days are there after three hours, so looks are closer together
 * in the beginning: about the same share of the answers comes between any two.
 */
public final class LookSchedule {
  /** In how many hours half of the answers that are still to come have come. */
  private static final double HALF_LIFE_HOURS = 3;

  private LookSchedule() {}

  /**
   * One look.
   *
   * @param after the mails began to go out
   * @param information share of the answers by the last look that is expected by then, in (0, 1]
   */
  public record PlannedLook(Duration after, double information) {}

  /**
   * Looks from the earliest moment to the latest one.
   *
   * @param looks at least 1; the last is at the latest moment
   * @throws IllegalArgumentException when earliest is after latest, latest is not over 0, or there
   *     is no look
   */
  public static List<PlannedLook> of(Duration earliest, Duration latest, int looks) {
    if (looks < 1
        || earliest.isNegative()
        || latest.isZero()
        || latest.isNegative()
        || earliest.compareTo(latest) > 0) {
      throw new IllegalArgumentException(
          "looks have to be at least 1, from earliest to latest: "
              + looks
              + ", "
              + earliest
              + ", "
              + latest);
    }
    double all = ripe(latest);
    double first = Math.max(ripe(earliest) / all, 1.0 / 1_000);
    List<PlannedLook> planned = new ArrayList<>();
    for (int i = 0; i < looks - 1; i++) {
      double information = first + (1 - first) * i / (looks - 1);
      planned.add(new PlannedLook(when(information * all), information));
    }
    planned.add(new PlannedLook(latest, 1));
    return planned;
  }

  private static double ripe(Duration time) {
    return 1 - Math.pow(2, -hours(time) / HALF_LIFE_HOURS);
  }

  private static Duration when(double ripe) {
    double hours = -HALF_LIFE_HOURS * Math.log(1 - ripe) / Math.log(2);
    return Duration.ofSeconds(Math.round(hours * 3_600));
  }

  private static double hours(Duration time) {
    return time.toMillis() / 3_600_000.0;
  }
}
