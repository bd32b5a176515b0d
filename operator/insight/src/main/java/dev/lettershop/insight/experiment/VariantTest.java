package dev.lettershop.insight.experiment;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Decides between variants at looks that were fixed beforehand, with a bound on false decisions
 * over all looks together. A variant wins as soon as it has beaten each of the others; every pair
 * is tested at the whole error, since for a false winner the best ones have to be equal and one of
 * them has to beat all.
 *
 * @param people how many people of each variant were mailed, at least one each
 * @param alpha the permitted probability of a false winner, in (0, 1): 0.05 for a confidence of 95%
 */
public record VariantTest(List<Long> people, double alpha) {
  /**
   * Checks what it is given.
   *
   * @throws IllegalArgumentException for fewer than two variants, for one without people, or for an
   *     error outside (0, 1)
   */
  public VariantTest {
    people = List.copyOf(people);
    if (people.size() < 2 || people.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "at least two variants, each with people, are needed: " + people);
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha has to be in (0, 1), was " + alpha);
    }
  }

  /**
   * The variant that has won by the last of the looks.
   *
   * @param looks all that were made, in order
   * @return its place in the list; nothing while the differences may be chance
   * @throws IllegalArgumentException when looks are out of order or counts shrink
   */
  public OptionalInt winner(List<VariantLook> looks) {
    return IntStream.range(0, people.size())
        .filter(variant -> beatsAll(variant, looks))
        .findFirst();
  }

  /**
   * What the test of one pair has come to.
   *
   * @param looks all that were made, in order
   * @throws IllegalArgumentException when looks are out of order or counts shrink
   */
  public Winner pair(int a, int b, List<VariantLook> looks) {
    LabelWalk walk = new LabelWalk(share(a, b), alpha);
    for (VariantLook look : looks) {
      Look pair = look.of(a, b);
      Winner winner = walk.look(pair).winner(pair.a());
      if (winner != Winner.NONE) {
        return winner;
      }
    }
    return Winner.NONE;
  }

  /**
   * The ratio of two variants' rates, with an interval that holds however often it is looked at.
   */
  public RatioInterval ratio(int a, int b, VariantLook look) {
    return AlwaysValidRatio.of(share(a, b), look.converted().get(a), look.converted().get(b))
        .interval(alpha);
  }

  private boolean beatsAll(int variant, List<VariantLook> looks) {
    return IntStream.range(0, people.size())
        .filter(other -> other != variant)
        .allMatch(other -> pair(variant, other, looks) == Winner.A);
  }

  private double share(int a, int b) {
    return (double) people.get(a) / (people.get(a) + people.get(b));
  }
}
