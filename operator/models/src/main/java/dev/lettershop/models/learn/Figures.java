package dev.lettershop.models.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good chances are, by what really came.
 *
 * @param rows how many people were judged
 * @param rate share of those for whom it came, from 0 to 1
 * @param auc chance that somebody for whom it came has the higher score than somebody for whom it
 *     did not; 0.5 is guessing, 1 is perfect
 * @param brier mean squared distance of chances from what came; 0 is perfect
 * @param brierOfRate the same if everybody got {@code rate}: what a model must beat
 * @param liftAtTenPercent how many times as often it came for the tenth with the highest scores as
 *     for all
 * @param calibration tenths by score, the lowest first
 */
public record Figures(
    int rows,
    double rate,
    double auc,
    double brier,
    double brierOfRate,
    double liftAtTenPercent,
    List<Tenth> calibration) {
  private static final int TENTHS = 10;

  public Figures {
    calibration = List.copyOf(calibration);
  }

  /** Mean chance said and share that came, of a tenth of the people. */
  public record Tenth(double said, double came) {}

  /**
   * @param scores chances from 0 to 1
   * @throws IllegalArgumentException when nothing came, or it came for all: nothing can be told
   *     then
   */
  public static Figures of(double[] scores, boolean[] labels) {
    int n = scores.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int came = 0;
    double brier = 0;
    for (int i = 0; i < n; i++) {
      came += labels[i] ? 1 : 0;
      double missed = scores[i] - (labels[i] ? 1 : 0);
      brier += missed * missed;
    }
    if (came == 0 || came == n) {
      throw new IllegalArgumentException("the label is the same for everybody");
    }
    double rate = (double) came / n;
    return new Figures(
        n,
        rate,
        auc(scores, labels, order, came),
        brier / n,
        rate * (1 - rate),
        share(labels, order, n - Math.max(1, n / TENTHS), n) / rate,
        IntStream.range(0, TENTHS)
            .filter(t -> (long) n * (t + 1) / TENTHS > (long) n * t / TENTHS)
            .mapToObj(
                t -> {
                  int from = (int) ((long) n * t / TENTHS);
                  int to = (int) ((long) n * (t + 1) / TENTHS);
                  double said =
                      Arrays.stream(order, from, to)
                          .mapToDouble(i -> scores[i])
                          .average()
                          .orElse(0);
                  return new Tenth(said, share(labels, order, from, to));
                })
            .toList());
  }

  private static double share(boolean[] labels, int[] order, int from, int to) {
    return Arrays.stream(order, from, to).filter(i -> labels[i]).count() / (double) (to - from);
  }

  /** By ranks (Mann and Whitney); equal scores share their ranks. */
  static double auc(double[] scores, boolean[] labels, int[] order, long came) {
    int n = scores.length;
    double ranks = 0;
    for (int i = 0; i < n; ) {
      int end = i;
      int hits = 0;
      while (end < n && scores[order[end]] == scores[order[i]]) {
        hits += labels[order[end]] ? 1 : 0;
        end++;
      }
      ranks += hits * ((i + 1 + end) / 2.0);
      i = end;
    }
    return (ranks - came * (came + 1) / 2.0) / (came * (double) (n - came));
  }
}
