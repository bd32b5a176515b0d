package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.segment.SegmentStatus;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;

/** What is known of a segment, from its newest Jobs and what was judged of its spec. */
public final class RefreshStatusView {
  private static final SegmentStatus NONE =
      new SegmentStatus(null, null, null, null, null, null, null);

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
    LastJob last = new LastJob(jobs, pods, obstacle);
    SegmentStatus present = segment.getStatus() == null ? NONE : segment.getStatus();
    Optional<TerminationMessage> newer =
        last.newestDone(message -> message.refresh() != null)
            .filter(message -> Moments.isAfter(message.time(), present.lastRefreshTime()));
    boolean scheduled = segment.getSpec() != null && segment.getSpec().refresh() != null;
    Conditions conditions =
        scheduled
            ? last.settle(
                judged,
                Conditions.LAST_REFRESH_SUCCEEDED,
                "NoRefreshes",
                "Its membership has not been recorded yet")
            : judged.remove(Conditions.LAST_REFRESH_SUCCEEDED);
    if (newer.isEmpty()) {
      return new SegmentStatus(
          judged.generation(),
          conditions.list(),
          present.size(),
          present.entered(),
          present.left(),
          present.lastRefreshTime(),
          present.lastRefreshMilliseconds());
    }
    TerminationMessage.RefreshCounts counts = newer.get().refresh();
    return new SegmentStatus(
        judged.generation(),
        conditions.list(),
        counts.size(),
        counts.entered(),
        counts.left(),
        Moments.normalised(newer.get().time()),
        counts.milliseconds());
  }
}
