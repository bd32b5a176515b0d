package dev.lettershop.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NamespaceRightsTest {
  private final MovableClock clock = new MovableClock();
  private final Map<String, String> refusals = new HashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final NamespaceRights rights =
      new NamespaceRights(
          List.of("shop", "news"),
          namespace -> {
            asked.incrementAndGet();
            return Optional.ofNullable(refusals.get(namespace));
          },
          clock);

  @Test
  void nothingIsMissingWhereEverythingMayBeRead() {
    assertThat(rights.missing()).isEmpty();
  }

  @Test
  void aRightThatIsTakenAwayIsMissingUntilItIsBack() {
    rights.missing();
    refusals.put("news", "the right to list campaigns in namespace news");
    clock.advance(Duration.ofMinutes(1));

    assertThat(rights.missing()).containsExactly("the right to list campaigns in namespace news");

    refusals.clear();
    clock.advance(Duration.ofMinutes(1));
    assertThat(rights.missing()).isEmpty();
  }

  @Test
  void theServerIsAskedOnceAMinuteHoweverOftenProbesCome() {
    for (int i = 0; i < 50; i++) {
      rights.missing();
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(asked).hasValue(2);
  }
}
