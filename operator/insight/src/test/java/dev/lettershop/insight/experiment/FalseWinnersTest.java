package dev.lettershop.insight.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often tests with twenty looks find what is not there, and miss what is. */
class FalseWinnersTest {
  private static final int LOOKS = 20;
  private static final int FEW = 400;
  private static final int MANY = 2_000;

  @ParameterizedTest
  @CsvSource({"500, 500, 0.02", "2000, 2000, 0.03", "1000, 4000, 0.03"})
  void falseWinnersAreRare(long a, long b, double rate) {
    // Five in a hundred and three standard errors.
    assertThat(falseWinners(a, b, rate, FEW)).isLessThanOrEqualTo(0.083);
  }

  @Test
  void thePeekingThatIsPreventedIsSeen() {
    assertThat(naive(2_000, 0.03, FEW)).isGreaterThanOrEqualTo(0.1);
  }

  @Test
  void whatIsThereIsFound() {
    assertThat(power(20_000, 0.03, 1.2, 100)).isGreaterThanOrEqualTo(0.8);
  }

  @Tag("soak")
  @ParameterizedTest
  @CsvSource({
    "500, 500, 0.02", "2000, 2000, 0.03", "20000, 20000, 0.03", "20000, 20000, 0.3",
    "200, 800, 0.02", "800, 3200, 0.03", "8000, 32000, 0.03", "8000, 32000, 0.3"
  })
  void falseWinnersAreAtMostSixInAHundred(long a, long b, double rate) {
    assertThat(falseWinners(a, b, rate, MANY)).isLessThanOrEqualTo(0.06);
  }

  @Tag("soak")
  @Test
  void naivePeekingFindsWhatIsNotThere() {
    assertThat(naive(2_000, 0.03, MANY)).isGreaterThanOrEqualTo(0.12);
  }

  @Tag("soak")
  @Test
  void powerIsThatOfTheDesign() {
    assertThat(power(20_000, 0.03, 1.2, MANY)).isGreaterThanOrEqualTo(0.88);
    assertThat(power(5_000, 0.03, 1.3, MANY)).isGreaterThanOrEqualTo(0.62);
  }

  @Tag("soak")
  @Test
  void twoEqualBestOfFourSeldomWin() {
    VariantTest test = new VariantTest(List.of(5_000L, 5_000L, 5_000L, 5_000L), 0.05);
    long[] people = {5_000, 5_000, 5_000, 5_000};
    double[] rates = {0.03, 0.03, 0.02, 0.02};
    assertThat(share(people, rates, MANY, looks -> test.winner(looks).isPresent()))
        .isLessThanOrEqualTo(0.06);
  }

  @Test
  void intervalsSeldomMissTheTruth() {
    assertThat(missed(FEW)).isLessThanOrEqualTo(0.05);
  }

  @Tag("soak")
  @Test
  void intervalsMissTheTruthInAtMostFiveOfAHundred() {
    assertThat(missed(MANY)).isLessThanOrEqualTo(0.05);
  }

  private static double falseWinners(long a, long b, double rate, int mailings) {
    VariantTest test = new VariantTest(List.of(a, b), 0.05);
    return share(
        new long[] {a, b},
        new double[] {rate, rate},
        mailings,
        looks -> test.winner(looks).isPresent());
  }

  private static double power(long each, double rate, double lift, int mailings) {
    VariantTest test = new VariantTest(List.of(each, each), 0.05);
    return share(
        new long[] {each, each},
        new double[] {rate, rate * lift},
        mailings,
        looks -> test.winner(looks).orElse(-1) == 1);
  }

  private static double naive(long each, double rate, int mailings) {
    Predicate<List<VariantLook>> peeking =
        looks ->
            looks.stream()
                .anyMatch(
                    look -> {
                      Proportion a = new Proportion(look.converted().get(0), each);
                      Proportion b = new Proportion(look.converted().get(1), each);
                      return Math.abs(b.z(a)) > 1.959964;
                    });
    return share(new long[] {each, each}, new double[] {rate, rate}, mailings, peeking);
  }

  /** Of a hold-out of a tenth, with a lift of a fifth. */
  private static double missed(int mailings) {
    VariantTest test = new VariantTest(List.of(18_000L, 2_000L), 0.05);
    return share(
        new long[] {18_000, 2_000},
        new double[] {0.036, 0.03},
        mailings,
        looks ->
            looks.stream()
                .map(look -> test.ratio(0, 1, look))
                .anyMatch(interval -> interval.low() > 1.2 || interval.high() < 1.2));
  }

  private static double share(
      long[] people, double[] rates, int mailings, Predicate<List<VariantLook>> counted) {
    // The answers of a mailing are the same in each run of the test.
    Ripening ripening =
        new Ripening(LOOKS, 24, new SplittableRandom(Arrays.hashCode(people) * 31L + mailings));
    List<List<VariantLook>> seen = new ArrayList<>();
    for (int i = 0; i < mailings; i++) {
      seen.add(ripening.of(people, rates));
    }
    return (double) seen.stream().filter(counted).count() / mailings;
  }
}
