package dev.lettershop.controller.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether only a restart helps: the reconcilers' threads take no work any more, or a watch has
 * stopped and does not come back. An API server that is away is not a reason: a restart would not
 * bring it back.
 */
public final class LivenessCheck implements HealthCheck {
  /** How long a watch may be down before it counts as gone for good. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BooleanSupplier takesWork;
  private final Supplier<? extends Collection<String>> stopped;
  private final Clock clock;

  private Instant stoppedSince;

  /**
   * @param takesWork see {@link ExecutorPulse}
   * @param stopped names of the informers that have stopped: not those that are reconnecting
   */
  public LivenessCheck(
      BooleanSupplier takesWork, Supplier<? extends Collection<String>> stopped, Clock clock) {
    this.takesWork = takesWork;
    this.stopped = stopped;
    this.clock = clock;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("lettershop-controller");
    boolean working = takesWork.getAsBoolean();
    if (!working) {
      response.withData("reconcilers", "take no work any more");
    }
    List<String> gone = stopped.get().stream().sorted().toList();
    if (!gone.isEmpty()) {
      response.withData("informers", "have stopped: " + String.join(", ", gone));
    }
    return response.status(working && !forGood(gone)).build();
  }

  private boolean forGood(List<String> gone) {
    if (gone.isEmpty()) {
      stoppedSince = null;
      return false;
    }
    Instant now = clock.instant();
    stoppedSince = stoppedSince == null ? now : stoppedSince;
    return !now.isBefore(stoppedSince.plus(PATIENCE));
  }
}
