package dev.lettershop.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, PT30S",
    "2, 0.5, PT1M",
    "3, 0.5, PT2M",
    "4, 0.5, PT4M",
    "1, 0.0, PT24S",
    "1, 0.999999999, PT36S",
    "9, 0.5, PT1H",
    "500, 0.5, PT1H"
  })
  void theDelayDoublesUpToALimitAndIsSpread(int attempts, double random, Duration expected) {
    assertThat(RetryPolicy.STANDARD.delay(attempts, random)).isEqualTo(expected);
  }

  @Test
  void theLastAttemptIsTheLast() {
    assertThat(RetryPolicy.STANDARD.isExhausted(4)).isFalse();
    assertThat(RetryPolicy.STANDARD.isExhausted(5)).isTrue();
  }
}
