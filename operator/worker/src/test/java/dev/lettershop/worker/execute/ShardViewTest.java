package dev.lettershop.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.store.ledger.Shard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ShardViewTest {
  private Instant now = Instant.parse("2026-03-01T09:00:00Z");
  private final ShardView view =
      new ShardView(
          Shard.ONLY,
          new Clock() {
            @Override
            public java.time.ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  private ShardStatus after(Duration time) {
    now = now.plus(time);
    return view.now();
  }

  @Test
  void aStatusWithoutNewsKeepsItsTimeForAMinute() {
    ShardStatus first = view.now();

    assertThat(after(Duration.ofSeconds(30))).isEqualTo(first);
    assertThat(after(Duration.ofSeconds(30)).time()).isEqualTo("2026-03-01T09:01:00Z");
  }

  @Test
  void aStatusWithNewsIsOfNow() {
    view.now();
    view.doing(ShardActivity.Freezing);

    assertThat(after(Duration.ofSeconds(5)).time()).isEqualTo("2026-03-01T09:00:05Z");
  }
}
