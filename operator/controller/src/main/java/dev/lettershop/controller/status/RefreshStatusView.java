package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.Segment;
import dev.lettershop.api.v1alpha1.SegmentStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;

/** What is known of a segment, from its newest Jobs and what was judged of its spec. */
public final class RefreshStatusView {
  private RefreshStatusView() {}

  /**
   * @param judged the segment's conditions with {@code Ready} and {@code ResolvedRefs} settled
   * @param jobs that refresh it, in any order
   * @param pods of these Jobs
   * @param obstacle why the Pods of the newest Job do not start, or null
   */
  public static SegmentStatus compute(
      Segment segment,
      Conditions judged,
      Collection<Job> jobs,
      Collection<Pod> pods,
      Obstacle obstacle) {
    return segment.getStatus();
  }
}
