package dev.lettershop.insight.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Decides an experiment at looks that were fixed beforehand. First comes whether variants got the
 * people that they were promised; then whether enough mails went out; then the test.
 *
 * @param byValue whether what answers are worth is compared, and not how many people answer
 * @param weights of the variants
 * @param people planned for each variant when the audience was chosen
 * @param confidence in (0, 1), such as 0.95
 * @param minimumPerVariant mails that each variant must have sent, at least 1
 */
public record DecisionRule(
    boolean byValue,
    List<Integer> weights,
    List<Long> people,
    double confidence,
    int minimumPerVariant) {
  /** How close to the promise a mismatch of the mails sent is looked for. */
  private static final double CONCENTRATION = 10_000;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Keeps copies. */
  public DecisionRule {
    weights = List.copyOf(weights);
    people = List.copyOf(people);
  }

  /**
   * What the looks come to.
   *
   * @param looks all that were taken, in order; at least one
   * @param last whether the last of them is at the deadline
   * @return empty to go on, never at the deadline
   * @throws IllegalArgumentException when looks are out of order or counts shrink
   */
  public Optional<Finding> decide(List<Observation> looks, boolean last) {
    Observation present = looks.get(looks.size() - 1);
    if (isLopsided(present)) {
      return Optional.of(Finding.of(Finding.Cause.SampleRatio));
    }
    long least = present.variants().stream().mapToLong(AnswerTotals::sent).min().orElse(0);
    if (least < Math.max(byValue ? 2 : 1, minimumPerVariant)) {
      return last ? Optional.of(Finding.of(Finding.Cause.TooFewPeople)) : Optional.empty();
    }
    int winner = byValue ? worthMost(present) : mostAnswers(looks);
    if (winner >= 0) {
      return Optional.of(new Finding(Finding.Cause.Beats, winner, Double.NaN));
    }
    return last ? Optional.of(bestSoFar(present)) : Optional.empty();
  }

  /** Whether chance alone would hardly have divided the people, or the mails sent, like that. */
  private boolean isLopsided(Observation present) {
    List<Long> sent = present.variants().stream().map(AnswerTotals::sent).toList();
    return new SampleRatio(weights.stream().map(Integer::doubleValue).toList()).pValue(people)
            < SampleRatio.ALARM
        || people.stream().allMatch(count -> count > 0)
            && new SampleRatio(people.stream().map(Long::doubleValue).toList())
                    .sequentialPValue(sent, CONCENTRATION)
                < SampleRatio.ALARM;
  }

  private int mostAnswers(List<Observation> looks) {
    List<VariantLook> counts =
        looks.stream()
            .map(
                look ->
                    new VariantLook(
                        look.information(),
                        look.variants().stream().map(AnswerTotals::answers).toList()))
            .toList();
    return new VariantTest(people, 1 - confidence).winner(counts).orElse(-1);
  }

  private int worthMost(Observation present) {
    List<AnswerTotals> variants = present.variants();
    double planned = people.stream().mapToLong(Long::longValue).sum();
    ConfidenceSequence sequence = new ConfidenceSequence(Math.max(1, planned), 1 - confidence);
    return IntStream.range(0, variants.size())
        .filter(
            mine ->
                IntStream.range(0, variants.size())
                    .filter(other -> other != mine)
                    .allMatch(other -> isWorthMore(sequence, variants, mine, other)))
        .findFirst()
        .orElse(-1);
  }

  private static boolean isWorthMore(
      ConfidenceSequence sequence, List<AnswerTotals> variants, int mine, int other) {
    Sample my = variants.get(mine).sample();
    Sample their = variants.get(other).sample();
    return my.mean() > their.mean()
        && my.error() + their.error() > 0
        && sequence.pValue(their, my) < sequence.alpha();
  }

  private Finding bestSoFar(Observation present) {
    List<AnswerTotals> variants = present.variants();
    int best =
        IntStream.range(0, variants.size())
            .reduce((a, b) -> measure(variants.get(b)) > measure(variants.get(a)) ? b : a)
            .orElse(-1);
    double loss =
        IntStream.range(0, variants.size())
            .filter(other -> other != best)
            .mapToDouble(other -> loss(variants.get(best), variants.get(other)))
            .max()
            .orElse(0);
    double measure = measure(variants.get(best));
    return new Finding(Finding.Cause.NoDifference, best, measure > 0 ? loss / measure : Double.NaN);
  }

  private double measure(AnswerTotals variant) {
    return byValue ? variant.mean() : variant.rate();
  }

  /** How much the other one is better on average, where it is: the normal distribution's. */
  private double loss(AnswerTotals best, AnswerTotals other) {
    double spread = Math.sqrt(error(best) + error(other));
    if (spread == 0) {
      return 0;
    }
    double z = (measure(other) - measure(best)) / spread;
    return spread * (z * NORMAL.cumulativeProbability(z) + NORMAL.density(z));
  }

  private double error(AnswerTotals variant) {
    return byValue
        ? variant.sample().error()
        : variant.rate() * (1 - variant.rate()) / variant.sent();
  }
}
