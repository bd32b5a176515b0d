package dev.lettershop.insight.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariantTestTest {

  @Test
  void aVariantWinsWhenItHasBeatenEachOther() {
    VariantTest test = new VariantTest(List.of(1_000L, 1_000L, 1_000L), 0.05);
    List<VariantLook> looks =
        List.of(
            new VariantLook(0.5, List.of(20L, 22L, 60L)),
            new VariantLook(1, List.of(40L, 44L, 120L)));
    assertThat(test.winner(looks)).hasValue(2);
    assertThat(test.pair(0, 1, looks)).isEqualTo(Winner.NONE);
    assertThat(test.pair(0, 2, looks)).isEqualTo(Winner.B);
    assertThat(test.ratio(2, 0, looks.get(1)).low()).isGreaterThan(1);
  }

  @Test
  void beatingOneOfTheOthersIsNotEnough() {
    VariantTest test = new VariantTest(List.of(1_000L, 1_000L, 1_000L), 0.05);
    assertThat(test.winner(List.of(new VariantLook(1, List.of(30L, 118L, 120L))))).isEmpty();
  }

  @Test
  void whatWasDecidedStays() {
    VariantTest test = new VariantTest(List.of(1_000L, 1_000L), 0.05);
    VariantLook clear = new VariantLook(0.5, List.of(10L, 70L));
    VariantLook level = new VariantLook(1, List.of(80L, 80L));
    assertThat(test.winner(List.of(clear))).hasValue(1);
    assertThat(test.winner(List.of(clear, level))).hasValue(1);
  }

  @Test
  void whatCannotBeTestedIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VariantTest(List.of(10L), 0.05));
    assertThatIllegalArgumentException().isThrownBy(() -> new VariantTest(List.of(10L, 0L), 0.05));
    assertThatIllegalArgumentException().isThrownBy(() -> new VariantTest(List.of(10L, 9L), 1));
  }
}
