package dev.lettershop.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LivenessCheckTest {
  private final MovableClock clock = new MovableClock();
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final List<String> stopped = new ArrayList<>();
  private Executor executor = queue::add;

  private final LivenessCheck check =
      new LivenessCheck(new ExecutorPulse(() -> executor, clock), () -> stopped, clock);

  @Test
  void with_threads_that_work_and_watches_that_run_the_controller_lives() {
    executor = Runnable::run;

    assertThat(call().getStatus()).isEqualTo(Status.UP);
    assertThat(call().getData()).isEmpty();
  }

  @Test
  void before_the_reconcilers_have_started_the_controller_lives() {
    executor = null;

    assertThat(call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void threads_that_are_busy_for_a_while_are_no_fault() {
    call();
    clock.advance(Duration.ofSeconds(179));

    assertThat(call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void threads_that_begin_nothing_for_minutes_are_stuck() {
    call();
    clock.advance(Duration.ofMinutes(3));

    HealthCheckResponse response = call();

    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .containsEntry("reconcilers", "take no work any more");
  }

  @Test
  void threads_that_work_again_are_stuck_no_more() {
    call();
    clock.advance(Duration.ofMinutes(3));
    call();
    queue.remove().run();

    assertThat(call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_stuck_executor_is_not_filled_up() {
    for (int i = 0; i < 20; i++) {
      call();
      clock.advance(Duration.ofSeconds(30));
    }

    assertThat(queue).hasSize(1);
  }

  @Test
  void an_executor_that_was_shut_down_takes_no_work() {
    executor =
        task -> {
          throw new RejectedExecutionException();
        };

    assertThat(call().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void a_watch_that_stopped_may_come_back() {
    stopped.add("campaigns");
    call();
    clock.advance(Duration.ofSeconds(179));
    executor = Runnable::run;

    HealthCheckResponse response = call();

    assertThat(response.getStatus()).isEqualTo(Status.UP);
    assertThat(response.getData().orElseThrow())
        .containsEntry("informers", "have stopped: campaigns");
  }

  @Test
  void a_watch_that_stays_away_needs_a_restart() {
    executor = Runnable::run;
    stopped.add("campaigns");
    call();
    clock.advance(Duration.ofMinutes(3));

    assertThat(call().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void a_watch_that_came_back_is_given_the_whole_time_again() {
    executor = Runnable::run;
    stopped.add("campaigns");
    call();
    stopped.clear();
    clock.advance(Duration.ofMinutes(2));
    call();
    stopped.add("jobs");
    call();
    clock.advance(Duration.ofMinutes(2));

    assertThat(call().getStatus()).isEqualTo(Status.UP);
  }

  private HealthCheckResponse call() {
    return check.call();
  }
}
