package dev.lettershop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.store.ledger.Shard;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateShareTest {
  @Property
  void allShardsTogetherSendAsFastAsTheTransportAllows(
      @ForAll @IntRange(min = 1, max = 100_000) int perSecond,
      @ForAll @IntRange(min = 1, max = 256) int shards) {
    int sum = 0;
    for (int i = 0; i < shards; i++) {
      RateShare share = RateShare.of(perSecond, new Shard(i, shards));
      // Zero would mean no limit.
      assertThat(share.sends()).isEqualTo(share.perSecond() > 0);
      sum += share.perSecond();
    }
    assertThat(sum).isEqualTo(perSecond);
  }

  @Test
  void withoutALimitThereIsNoneForAnyShard() {
    assertThat(RateShare.of(null, new Shard(1, 3))).isEqualTo(new RateShare(true, 0));
  }
}
