package dev.lettershop.insight.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up answers to a mailing: everybody is mailed at once, half the answers come in three hours.
 */
record Ripening(int looks, double hours, SplittableRandom random) {
  private static final double HALF_LIFE = 3;

  /** The looks of one mailing. */
  List<VariantLook> of(long[] people, double[] rates) {
    long[][] converted = new long[looks][people.length];
    for (int variant = 0; variant < people.length; variant++) {
      long count = binomial(people[variant], rates[variant]);
      for (long i = 0; i < count; i++) {
        // Only answers before the deadline are looked at.
        double share = random.nextDouble() * answered(hours);
        double at = -Math.log(1 - share) / Math.log(2) * HALF_LIFE;
        converted[(int) Math.min(looks - 1, at / hours * looks)][variant]++;
      }
    }
    List<VariantLook> seen = new ArrayList<>();
    long[] sum = new long[people.length];
    for (int look = 0; look < looks; look++) {
      for (int variant = 0; variant < people.length; variant++) {
        sum[variant] += converted[look][variant];
      }
      double information =
          look == looks - 1 ? 1 : answered(hours * (look + 1) / looks) / answered(hours);
      seen.add(new VariantLook(information, Arrays.stream(sum).boxed().toList()));
    }
    return seen;
  }

  private static double answered(double hours) {
    return 1 - Math.pow(2, -hours / HALF_LIFE);
  }

  /** By the gaps between successes. */
  private long binomial(long people, double rate) {
    long count = 0;
    double at = 0;
    while (true) {
      at += Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-rate)) + 1;
      if (at > people) {
        return count;
      }
      count++;
    }
  }
}
