package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.ProfileSource;
import dev.lettershop.api.v1alpha1.ProfileSourceStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;

/** What is known of a source, from its newest Jobs and what was judged of its spec. */
public final class SyncStatusView {
  private SyncStatusView() {}

  /**
   * @param judged the source's conditions with {@code Ready} and {@code ResolvedRefs} settled
   * @param jobs that sync it, in any order
   * @param pods of these Jobs
   * @param obstacle why the Pods of the newest Job do not start, or null
   */
  public static ProfileSourceStatus compute(
      ProfileSource source,
      Conditions judged,
      Collection<Job> jobs,
      Collection<Pod> pods,
      Obstacle obstacle) {
    return source.getStatus();
  }
}
