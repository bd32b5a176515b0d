package dev.lettershop.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private final BatchSize size = new BatchSize(5, 128);

  @Test
  void whenSendersRunOutMoreIsMarkedUpToTheLimit() {
    assertThat(size.size()).isEqualTo(5);
    for (int i = 0; i < 10; i++) {
      size.marked(0);
    }
    assertThat(size.size()).isEqualTo(128);
  }

  @Test
  void whenSendersAreSlowLessIsMarkedDownToTheLeast() {
    for (int i = 0; i < 10; i++) {
      size.marked(0);
    }
    for (int i = 0; i < 100; i++) {
      size.marked(size.refillAt());
    }
    assertThat(size.size()).isEqualTo(5);
  }

  @Test
  void whatIsJustEnoughStays() {
    size.marked(0);
    size.marked(1);
    assertThat(size.size()).isEqualTo(10);
  }
}
