package dev.lettershop.cli.run;

import dev.lettershop.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells somebody why a run sends nothing for a while, once for each reason. */
final class PauseWatch implements AutoCloseable {
  private final Supplier<Optional<String>> pause;
  private final Consumer<String> say;
  private final String settings;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pause-watch");
            thread.setDaemon(true);
            return thread;
          });
  private String said;

  PauseWatch(Supplier<Optional<String>> pause, Plan.Delivery pace, Consumer<String> say) {
    this.pause = pause;
    this.say = say;
    this.settings = settings(pace);
  }

  /**
   * Watches until it is closed.
   *
   * @param pause why nothing goes out at the moment; empty while mails go out
   * @param pace what the campaign says about when mails go out
   */
  static PauseWatch start(
      Supplier<Optional<String>> pause, Plan.Delivery pace, Consumer<String> say) {
    PauseWatch watch = new PauseWatch(pause, pace, say);
    watch.clock.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  /** Looks once. */
  void look() {
    String now = pause.get().orElse(null);
    if (now != null && !now.equals(said)) {
      say.accept(now + settings);
    }
    said = now;
  }

  /** What may be the reason. */
  static String settings(Plan.Delivery pace) {
    List<String> reasons = new ArrayList<>();
    if (pace.quietHours() != null) {
      reasons.add(
          "spec.delivery.quietHours are "
              + pace.quietHours().from()
              + " to "
              + pace.quietHours().to());
    }
    if (pace.localTime() != null) {
      reasons.add("spec.delivery.localTime is " + pace.localTime());
    }
    return reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")";
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
