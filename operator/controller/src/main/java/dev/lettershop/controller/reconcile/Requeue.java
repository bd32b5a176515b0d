package dev.lettershop.controller.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * When to look again without having been woken.
 *
 * @param after null for not at all
 */
public record Requeue(Duration after) {

  /** The shortest of waits, of which any may be null. */
  public static Requeue of(Duration... waits) {
    return new Requeue(
        Stream.of(waits).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null));
  }

  /** Writes nothing: statuses have been written by then. */
  public <P extends HasMetadata> UpdateControl<P> control() {
    UpdateControl<P> control = UpdateControl.noUpdate();
    return after == null ? control : control.rescheduleAfter(after);
  }

  /** The newest of Jobs, or null. */
  public static Job newest(List<Job> jobs) {
    return jobs.stream()
        .max(Comparator.comparing(job -> job.getMetadata().getCreationTimestamp()))
        .orElse(null);
  }
}
