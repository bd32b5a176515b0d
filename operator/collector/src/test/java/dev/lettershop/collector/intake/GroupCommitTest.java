package dev.lettershop.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.store.intake.IntakeChunk;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final GroupCommit.Bounds BOUNDS =
      new GroupCommit.Bounds(
          Duration.ofMillis(1), 100, 4_000, 1_000, 1_000_000, Duration.ofSeconds(60));
  private static final GroupCommit.Listener NOBODY =
      new GroupCommit.Listener() {
        @Override
        public void committed(int events, Duration took) {}

        @Override
        public void failed() {}
      };

  /** What is stored at once is worked through at once, in a small heap. */
  @Test
  void aTransactionHoldsNoMoreBytesThanItMayUnlessOneRequestBringsThem() throws Exception {
    Vertx vertx = Vertx.vertx();
    Context context = vertx.getOrCreateContext();
    CountDownLatch offered = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(8);
    List<Integer> bytes = new CopyOnWriteArrayList<>();
    GroupCommit.Storage storage =
        chunks -> {
          try {
            assertThat(offered.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          bytes.add(chunks.stream().map(IntakeChunk::content).mapToInt(c -> c.length).sum());
        };

    try (GroupCommit commits = new GroupCommit(storage, BOUNDS, NOBODY)) {
      for (int i = 0; i < 8; i++) {
        byte[] frame = new byte[i == 4 ? 9_000 : 1_500];
        assertThat(commits.offer("shop", 1, frame, context, stored -> answered.countDown()))
            .isTrue();
      }
      offered.countDown();

      assertThat(answered.await(60, TimeUnit.SECONDS)).as("all are answered").isTrue();
    } finally {
      vertx.close();
    }
    assertThat(bytes).contains(9_000).filteredOn(size -> size != 9_000).allMatch(s -> s <= 4_000);
    assertThat(bytes.stream().mapToInt(b -> b).sum()).isEqualTo(7 * 1_500 + 9_000);
  }
}
