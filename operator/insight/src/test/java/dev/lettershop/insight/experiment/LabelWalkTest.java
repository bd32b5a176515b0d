package dev.lettershop.insight.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelWalkTest {
  private static final double ALPHA = 0.05;

  @Test
  void littleIsSpentInTheBeginningAndAllInTheEnd() {
    SpendingFunction spending = new SpendingFunction(ALPHA);
    assertThat(spending.spentBy(0.25)).isCloseTo(1.473361687e-5, within(1e-14));
    assertThat(spending.spentBy(0.5)).isCloseTo(0.00305064552, within(1e-11));
    assertThat(spending.spentBy(0.75)).isCloseTo(0.0192986499, within(1e-10));
    assertThat(spending.spentBy(1)).isEqualTo(ALPHA);
  }

  @Test
  void boundariesOfEqualShares() {
    List<Boundary> walk = walk(0.5, new long[] {10, 20, 30, 40}, new double[] {0.25, 0.5, 0.75, 1});
    assertThat(walk).extracting(Boundary::lower).containsExactly(-1L, 3L, 8L, 13L);
    assertThat(walk).extracting(Boundary::upper).containsExactly(11L, 17L, 22L, 27L);
    Boundary last = walk.get(3);
    assertThat(last.spentBelow() + last.spentAbove())
        .isCloseTo(24161215431.0 / 549755813888.0, within(1e-15));
  }

  @Test
  void boundariesOfUnequalSharesAndOfALookThatSawNothingNew() {
    List<Boundary> walk =
        walk(
            0.3, new long[] {37, 61, 61, 140, 260, 301}, new double[] {0.1, 0.2, 0.3, 0.5, 0.8, 1});
    assertThat(walk).extracting(Boundary::lower).containsExactly(-1L, 2L, 5L, 26L, 61L, 74L);
    assertThat(walk).extracting(Boundary::upper).containsExactly(33L, 38L, 34L, 60L, 96L, 107L);
    assertThat(walk.get(5).spentBelow()).isCloseTo(0.0246830228154, within(1e-13));
    assertThat(walk.get(5).spentAbove()).isCloseTo(0.0236291499521, within(1e-13));
  }

  @Test
  void boundariesOfManyPeople() {
    List<Boundary> walk =
        walk(0.5, new long[] {600, 900, 1100, 1200}, new double[] {0.5, 0.75, 11.0 / 12, 1});
    assertThat(walk).extracting(Boundary::lower).containsExactly(263L, 414L, 514L, 563L);
    assertThat(walk).extracting(Boundary::upper).containsExactly(337L, 486L, 586L, 637L);
  }

  @Test
  void looksComeInOrder() {
    LabelWalk walk = new LabelWalk(0.5, ALPHA);
    walk.look(new Look(0.5, 10, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> walk.look(new Look(0.6, 9, 10)));
    assertThatIllegalArgumentException().isThrownBy(() -> walk.look(new Look(0.4, 10, 10)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Look(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Look(0.5, -1, 1));
  }

  @Test
  void aLookThatWasMissedCostsNothing() {
    double whole = spent(0.5, new long[] {40, 80, 120}, new double[] {0.3, 0.6, 1});
    double missed = spent(0.5, new long[] {40, 120}, new double[] {0.3, 1});
    assertThat(whole).isLessThanOrEqualTo(ALPHA);
    assertThat(missed).isLessThanOrEqualTo(ALPHA);
  }

  private static double spent(double share, long[] totals, double[] information) {
    List<Boundary> walk = walk(share, totals, information);
    Boundary last = walk.get(walk.size() - 1);
    return last.spentBelow() + last.spentAbove();
  }

  private static List<Boundary> walk(double share, long[] totals, double[] information) {
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < totals.length; i++) {
      looks.add(new Look(information[i], totals[i], 0));
    }
    return LabelWalk.boundaries(share, ALPHA, looks);
  }
}
