package dev.lettershop.playground.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

  /** What {@code k8s.io/apimachinery/pkg/util/duration} says in its own tests. */
  @ParameterizedTest
  @CsvSource({
    "PT-5S, <invalid>",
    "PT-0.5S, 0s",
    "PT0S, 0s",
    "PT70S, 70s",
    "PT190S, 3m10s",
    "PT3M, 3m",
    "PT70M, 70m",
    "PT47H, 47h",
    "PT49H, 2d1h",
    "P8DT2H, 8d",
    "P367D, 367d",
    "P1460D, 4y",
    "P1465D, 4y5d",
    "P3653D, 10y",
    "PT3H, 3h",
    "PT3H5M, 3h5m",
    "PT7H59M, 7h59m",
    "PT8H30M, 8h",
  })
  void isSaidAsKubectlSaysIt(Duration duration, String said) {
    assertThat(Age.of(duration)).isEqualTo(said);
  }

  @Test
  void isCountedFromATimestamp() {
    Instant now = Instant.parse("2026-11-24T09:00:00Z");

    assertThat(Age.since("2026-11-24T08:59:15.5Z", now)).isEqualTo("44s");
    assertThat(Age.since("2026-11-24T09:00:00+01:00", now)).isEqualTo("60m");
    assertThat(Age.since("yesterday", now)).isEqualTo("<invalid>");
  }
}
