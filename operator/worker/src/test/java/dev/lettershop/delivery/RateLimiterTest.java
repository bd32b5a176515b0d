package dev.lettershop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void withoutARateEverythingGoes() {
    RateLimiter limiter = new RateLimiter(0, nanos::get);

    assertThat(limiter.take(1000)).isEqualTo(1000);
    assertThat(limiter.untilNext()).isZero();
  }

  @Test
  void aSecondLetsThroughWhatTheRateSaysHoweverOftenOneAsks() {
    RateLimiter limiter = new RateLimiter(100, nanos::get);
    limiter.take(1);
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofMillis(1));
      taken += limiter.take(64);
    }

    assertThat(taken).isBetween(99, 100);
  }

  @Test
  void whatWasNotUsedForLongIsNotSavedUp() {
    RateLimiter limiter = new RateLimiter(100, nanos::get);
    pass(Duration.ofHours(1));

    assertThat(limiter.take(1000)).isEqualTo(10);
    assertThat(limiter.take(1000)).isZero();
  }

  @Test
  void theNextTokenComesWhenItIsSaidTo() {
    RateLimiter limiter = new RateLimiter(2, nanos::get);
    assertThat(limiter.take(1)).isEqualTo(1);

    pass(limiter.untilNext().minusMillis(1));
    assertThat(limiter.take(1)).isZero();
    pass(Duration.ofMillis(2));
    assertThat(limiter.take(1)).isEqualTo(1);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    RateLimiter limiter = new RateLimiter(100, nanos::get);
    pass(Duration.ofSeconds(1));
    limiter.take(10);
    limiter.giveBack(7);

    assertThat(limiter.take(10)).isEqualTo(7);
  }
}
