package dev.lettershop.kubesim.controllers.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void aKeyThatIsAddedWhileItIsWorkedOnIsWorkedOnOnceMore() {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            4,
            key -> {
              assertThat(atOnce.incrementAndGet()).isEqualTo(1);
              wait(go);
              done.add(key);
              atOnce.decrementAndGet();
            })) {
      queue.add("a");
      soon().until(() -> atOnce.get() == 1);
      queue.add("a");
      queue.add("a");
      go.countDown();
      queue.addAfter("a", Duration.ofDays(1));

      soon().untilAsserted(() -> assertThat(done).containsExactly("a", "a"));
    }
  }

  @Test
  void workThatFailsIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            1,
            key -> {
              if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              done.add(key);
            })) {
      queue.add("a");

      soon().untilAsserted(() -> assertThat(done).containsExactly("a"));
    }
  }

  @Test
  void theSoonestOfSeveralTimesCounts() {
    try (WorkQueue<String> queue = new WorkQueue<>("test", 1, done::add)) {
      queue.addAfter("a", Duration.ofDays(1));
      queue.addAfter("a", Duration.ofMillis(20));
      queue.addAfter("a", Duration.ofDays(2));
      queue.addAfter("b", Duration.ofMillis(100));

      soon().untilAsserted(() -> assertThat(done).containsExactly("a", "b"));
    }
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
