package dev.lettershop.insight.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lettershop.insight.experiment.LookSchedule.PlannedLook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookScheduleTest {

  @Test
  void looksComeCloserTogetherWhileAnswersComeFast() {
    List<PlannedLook> looks = LookSchedule.of(Duration.ofHours(2), Duration.ofHours(24), 5);

    assertThat(looks).hasSize(5);
    assertThat(looks.get(0).after()).isEqualTo(Duration.ofHours(2));
    // 1 - 2^(-2/3) of what comes within a day, 1 - 2^-8.
    assertThat(looks.get(0).information()).isCloseTo(0.371491, within(1e-6));
    assertThat(looks.get(1).after()).isCloseTo(Duration.ofMinutes(193), Duration.ofMinutes(2));
    assertThat(looks.get(4)).isEqualTo(new PlannedLook(Duration.ofHours(24), 1));
    for (int i = 1; i < looks.size(); i++) {
      assertThat(looks.get(i).after()).isGreaterThan(looks.get(i - 1).after());
      assertThat(looks.get(i).information() - looks.get(i - 1).information())
          .isCloseTo((1 - looks.get(0).information()) / 4, within(1e-12));
    }
  }

  @Test
  void aSingleLookIsTheLast() {
    assertThat(LookSchedule.of(Duration.ofHours(2), Duration.ofHours(4), 1))
        .containsExactly(new PlannedLook(Duration.ofHours(4), 1));
  }

  @Test
  void looksMayBeginAtOnce() {
    List<PlannedLook> looks = LookSchedule.of(Duration.ZERO, Duration.ofMinutes(1), 3);

    assertThat(looks.get(0).information()).isPositive();
    assertThat(looks.get(2).information()).isEqualTo(1);
  }

  @Test
  void timesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> LookSchedule.of(Duration.ofHours(3), Duration.ofHours(2), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LookSchedule.of(Duration.ofHours(1), Duration.ofHours(2), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
