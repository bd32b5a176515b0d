package dev.lettershop.insight.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * An exact group-sequential test of two variants. The people who converted are lined up in time;
 * without a difference, each of them belongs to the first variant with the share that this variant
 * has of the people mailed, whenever and however many convert. So the distribution of the first
 * variant's count is known exactly at each look, and as much is cut from either tail as the
 * spending function permits. Neither delays of answers nor small counts do harm, and a look that
 * was missed costs nothing.
 *
 * <p>Used for one test; takes looks in order.
 */
final class LabelWalk {
  /** Probabilities below are beyond what a double can add up; what is dropped counts as spent. */
  private static final double NEGLIGIBLE = 1e-22;

  private final double share;
  private final SpendingFunction spending;
  private double[] surviving = {1};
  private long first;
  private long total;
  private double information;
  private double spentBelow;
  private double spentAbove;

  /**
   * @param share the first variant's share of the people of both, in (0, 1)
   * @param alpha the permitted probability of a false decision, in (0, 1)
   */
  LabelWalk(double share, double alpha) {
    if (!(share > 0 && share < 1) || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("share and alpha have to be in (0, 1)");
    }
    this.share = share;
    this.spending = new SpendingFunction(alpha);
  }

  /** The boundaries of a number of looks, in order. */
  static List<Boundary> boundaries(double share, double alpha, List<Look> looks) {
    LabelWalk walk = new LabelWalk(share, alpha);
    List<Boundary> boundaries = new ArrayList<>();
    for (Look look : looks) {
      boundaries.add(walk.look(look));
    }
    return boundaries;
  }

  /**
   * @throws IllegalArgumentException when the look is before the last one, or fewer people than
   *     then have converted
   */
  Boundary look(Look look) {
    if (look.total() < total || look.information() < information) {
      throw new IllegalArgumentException("looks come in order and counts only grow: " + look);
    }
    walk(look.total() - total);
    total = look.total();
    information = look.information();
    double permitted = spending.spentBy(information) / 2;
    int from = 0;
    while (from < surviving.length && spentBelow + surviving[from] <= permitted) {
      spentBelow += surviving[from++];
    }
    int to = surviving.length;
    while (to > from && spentAbove + surviving[to - 1] <= permitted) {
      spentAbove += surviving[--to];
    }
    Boundary boundary = new Boundary(first + from - 1, first + to, spentBelow, spentAbove);
    keep(from, to);
    return boundary;
  }

  private void walk(long steps) {
    if (steps == 0 || surviving.length == 0) {
      return;
    }
    Pmf step = Pmf.of(Math.toIntExact(steps), share);
    double[] next = new double[surviving.length + step.values().length - 1];
    for (int i = 0; i < surviving.length; i++) {
      double probability = surviving[i];
      for (int j = 0; j < step.values().length; j++) {
        next[i + j] += probability * step.values()[j];
      }
    }
    first += step.first();
    surviving = next;
    int from = 0;
    while (from < next.length && next[from] < NEGLIGIBLE) {
      spentBelow += next[from++];
    }
    int to = next.length;
    while (to > from && next[to - 1] < NEGLIGIBLE) {
      spentAbove += next[--to];
    }
    keep(from, to);
  }

  private void keep(int from, int to) {
    first += from;
    surviving = Arrays.copyOfRange(surviving, from, to);
  }

  /** The part of a binomial distribution that matters. */
  private record Pmf(int first, double[] values) {

    private static Pmf of(int trials, double share) {
      BinomialDistribution binomial = BinomialDistribution.of(trials, share);
      int mode = (int) Math.min(trials, Math.floor((trials + 1) * share));
      int from = mode;
      while (from > 0 && binomial.probability(from - 1) >= NEGLIGIBLE) {
        from--;
      }
      int to = mode;
      while (to < trials && binomial.probability(to + 1) >= NEGLIGIBLE) {
        to++;
      }
      double[] values = new double[to - from + 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = binomial.probability(from + i);
      }
      return new Pmf(from, values);
    }
  }
}
