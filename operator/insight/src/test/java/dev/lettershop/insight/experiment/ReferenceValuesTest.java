package dev.lettershop.insight.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values that other programs give: statsmodels, scipy, gbstats, savvi and ssrm-test. */
class ReferenceValuesTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void proportions() {
    Proportion a = new Proportion(120, 4000);
    Proportion b = new Proportion(156, 4000);
    assertThat(b.z(a)).isCloseTo(2.2053210388570936, CLOSE);
    assertThat(Proportion.pValue(b.z(a))).isCloseTo(0.02743157451989048, CLOSE);
    close(a.wilson(0.95), 0.0251478124, 0.0357540643);
    close(b.wilson(0.95), 0.0334294332, 0.0454551735);
    close(b.minus(a, 0.95), 0.0009912254, 0.0170754560);
    close(new Proportion(3, 500).minus(new Proportion(0, 500), 0.95), -0.0025902044, 0.0174902521);
  }

  @Test
  void confidenceSequences() {
    Sample a = proportion(300, 10_000);
    Sample b = proportion(360, 10_000);
    ConfidenceSequence narrow = new ConfidenceSequence(5_000, 0.05);
    close(narrow.difference(a, b), -0.0018989194851, 0.0138989194851);
    assertThat(narrow.pValue(a, b)).isCloseTo(0.3713483905216, CLOSE);
    ConfidenceSequence wide = new ConfidenceSequence(20_000, 0.05);
    close(wide.difference(a, b), -0.0016667720889, 0.0136667720889);
    assertThat(wide.pValue(a, b)).isCloseTo(0.2440486870070, CLOSE);
    close(narrow.lift(a, b), -0.0885091168221, 0.4885091168221);
  }

  @Test
  void alwaysValidRatios() {
    AlwaysValidRatio even = new AlwaysValidRatio(0.5, 150, 110);
    assertThat(even.logEvidence(1)).isCloseTo(1.5907678230264821, CLOSE);
    assertThat(even.pValue()).isCloseTo(0.2037690930508487, CLOSE);
    RatioInterval interval = even.interval(0.05);
    assertThat(interval.ratio()).isCloseTo(150.0 / 110, CLOSE);
    assertThat(interval.low()).isCloseTo(0.9383209693, CLOSE);
    assertThat(interval.high()).isCloseTo(1.9962330430, CLOSE);

    AlwaysValidRatio holdOut = new AlwaysValidRatio(0.9, 980, 80);
    assertThat(holdOut.logEvidence(1)).isCloseTo(2.3624502159, CLOSE);
    assertThat(holdOut.pValue()).isCloseTo(0.0941891565, CLOSE);
    assertThat(holdOut.interval(0.05).low()).isCloseTo(0.9769200707, CLOSE);
    assertThat(holdOut.interval(0.05).high()).isCloseTo(1.9625960220, CLOSE);
  }

  @Test
  void intervalsOfNobody() {
    assertThat(new AlwaysValidRatio(0.5, 0, 0).interval(0.05))
        .isEqualTo(new RatioInterval(Double.NaN, 0, Double.POSITIVE_INFINITY));
    RatioInterval none = new AlwaysValidRatio(0.5, 0, 30).interval(0.05);
    assertThat(none.ratio()).isZero();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isBetween(0.0, 1.0);
    RatioInterval all = new AlwaysValidRatio(0.5, 30, 0).interval(0.05);
    assertThat(all.high()).isInfinite();
    assertThat(all.low()).isCloseTo(1 / none.high(), within(1e-6));
  }

  @Test
  void sampleRatios() {
    SampleRatio even = new SampleRatio(List.of(1.0, 1.0));
    assertThat(even.pValue(List.of(5100L, 4900L))).isCloseTo(0.04550026389635857, CLOSE);
    assertThat(even.pValue(List.of(10200L, 9800L))).isCloseTo(0.004677734981047276, CLOSE);
    assertThat(new SampleRatio(List.of(20.0, 30.0, 50.0)).pValue(List.of(2011L, 3042L, 4947L)))
        .isCloseTo(0.5459925216187436, CLOSE);
    assertThat(even.pValue(List.of(0L, 0L))).isEqualTo(1);

    assertThat(even.sequentialPValue(List.of(10200L, 9800L), 100)).isCloseTo(0.2654256974, CLOSE);
    assertThat(even.sequentialPValue(List.of(10200L, 9800L), 10_000))
        .isCloseTo(0.12033, within(5e-6));
    assertThat(even.sequentialPValue(List.of(5000L, 5000L), 100)).isEqualTo(1);
  }

  @Test
  void sizes() {
    SampleSize size = new SampleSize(0.95, 0.8);
    assertThat(size.perVariant(0.03, 0.1)).isEqualTo(53_211);
    assertThat(size.perVariant(0.03, 0.2)).isEqualTo(13_914);
    assertThat(size.perVariant(0.03, 0.3)).isEqualTo(6_455);
    assertThat(size.perVariant(0.01, 0.2)).isEqualTo(42_693);
    assertThat(size.perVariant(0.02, 0.2)).isEqualTo(21_109);
    assertThat(size.perVariant(0.05, 0.1)).isEqualTo(31_234);
    assertThat(size.perVariant(0.1, 0.1)).isEqualTo(14_751);
    assertThat(size.perVariant(0.005, 0.5)).isEqualTo(15_599);
    assertThat(size.perVariantWithLooks(0.03, 0.2)).isEqualTo(14_610);
    assertThat(size.smallestLift(0.03, 500)).isBetween(1.1, 1.4);
    assertThat(size.smallestLift(0.03, 14_610)).isCloseTo(0.2, within(1e-4));
    assertThat(size.smallestLift(0.5, 3)).isInfinite();
  }

  @Test
  void correctionsOfManyPairs() {
    assertThat(Holm.adjust(0.01, 0.04, 0.03))
        .containsExactly(new double[] {0.03, 0.06, 0.06}, CLOSE);
    assertThat(Holm.adjust(0.5, 0.9)).containsExactly(1, 1);
  }

  private static Sample proportion(long count, long people) {
    double rate = (double) count / people;
    return new Sample(people, rate, rate * (1 - rate));
  }

  private static void close(Interval interval, double low, double high) {
    assertThat(interval.low()).isCloseTo(low, CLOSE);
    assertThat(interval.high()).isCloseTo(high, CLOSE);
  }
}
