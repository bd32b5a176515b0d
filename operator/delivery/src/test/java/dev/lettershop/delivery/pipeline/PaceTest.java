package dev.lettershop.delivery.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.store.pace.Slots;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Slots NONE_NOW = new Slots(0, Duration.ofMillis(50), Duration.ZERO);

  private long now = 1_000_000_000L;
  private final Deque<Slots> offered = new ArrayDeque<>();

  private Pace pace(Slots... slots) {
    offered.addAll(List.of(slots));
    return new Pace(() -> offered.isEmpty() ? NONE_NOW : offered.poll(), () -> now);
  }

  private static Slots slots(int count, long startMillis, long spacingMillis) {
    return new Slots(count, Duration.ofMillis(startMillis), Duration.ofMillis(spacingMillis));
  }

  private void millis(long more) {
    now += more * 1_000_000;
  }

  @Test
  void withoutALimitEverythingGoes() {
    assertThat(new Pace(() -> null, () -> now).take(500)).isEqualTo(500);
  }

  @Test
  void aSlotIsUsedWhenItsTimeHasComeAndNotBefore() {
    Pace pace = pace(slots(3, 20, 10));

    assertThat(pace.take(10)).isZero();
    assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(20));
    millis(20);
    assertThat(pace.take(10)).isEqualTo(1);
    millis(20);
    assertThat(pace.take(10)).isEqualTo(2);
    millis(1000);
    assertThat(pace.take(10)).isZero();
  }

  @Test
  void slotsOfSeveralChunksFollowEachOther() {
    Pace pace = pace(slots(2, 0, 10), slots(2, 5, 10));

    assertThat(pace.take(1)).isEqualTo(1);
    millis(15);
    assertThat(pace.take(10)).isEqualTo(1);
    millis(5);
    assertThat(pace.take(10)).isEqualTo(1);
  }

  @Test
  void whatIsNotUsedCanBeUsedAtOnce() {
    Pace pace = pace(slots(4, 0, 0));

    assertThat(pace.take(4)).isEqualTo(4);
    pace.giveBack(3);

    assertThat(pace.take(10)).isEqualTo(3);
  }

  @Test
  void slotsThatWereSleptThroughAreLost() {
    Pace pace = pace(slots(10, 0, 10));
    pace.take(1);

    millis(5000);

    assertThat(pace.take(10)).isZero();
  }
}
