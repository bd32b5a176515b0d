package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.source.ProfileSourceStatus;
import dev.lettershop.api.v1alpha1.source.SyncCounts;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;

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
    LastJob last = new LastJob(jobs, pods, obstacle);
    ProfileSourceStatus present = source.getStatus();
    String time = present == null ? null : present.lastSyncTime();
    SyncCounts counts = present == null ? null : present.lastSync();
    Optional<TerminationMessage> newer =
        last.newestDone(message -> message.sync() != null)
            .filter(message -> Moments.isAfter(message.time(), time));
    boolean scheduled = source.getSpec() != null && source.getSpec().schedule() != null;
    return new ProfileSourceStatus(
        judged.generation(),
        (scheduled
                ? last.settle(
                    judged,
                    Conditions.LAST_SYNC_SUCCEEDED,
                    "NoSyncs",
                    "It has not been read by its schedule yet")
                : judged.remove(Conditions.LAST_SYNC_SUCCEEDED))
            .list(),
        newer.map(message -> Moments.normalised(message.time())).orElse(time),
        newer.map(TerminationMessage::sync).orElse(counts));
  }
}
