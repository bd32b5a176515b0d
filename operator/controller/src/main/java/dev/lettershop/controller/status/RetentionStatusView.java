package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.store.ProfileStoreStatus;
import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;

/** What is known of a store, from its newest Jobs and what was judged of its spec. */
public final class RetentionStatusView {
  private RetentionStatusView() {}

  /**
   * @param judged the store's conditions with {@code Ready} settled
   * @param jobs that forget, in any order
   * @param pods of these Jobs
   * @param obstacle why the Pods of the newest Job do not start, or null
   * @param forgets whether anything is forgotten at all
   */
  public static ProfileStoreStatus compute(
      ProfileStore store,
      Conditions judged,
      Collection<Job> jobs,
      Collection<Pod> pods,
      Obstacle obstacle,
      boolean forgets) {
    LastJob last = new LastJob(jobs, pods, obstacle);
    String time = store.getStatus() == null ? null : store.getStatus().lastRetentionTime();
    Optional<TerminationMessage> newer =
        last.newestDone(message -> message.time() != null)
            .filter(message -> Moments.isAfter(message.time(), time));
    StoreSchemaStatus schema = store.getStatus() == null ? null : store.getStatus().schema();
    return new ProfileStoreStatus(
        judged.generation(),
        (forgets
                ? last.settle(
                    judged,
                    Conditions.LAST_RETENTION_SUCCEEDED,
                    "NotAppliedYet",
                    "The retention has not been applied by its schedule yet")
                : judged.remove(Conditions.LAST_RETENTION_SUCCEEDED))
            .list(),
        newer.map(message -> Moments.normalised(message.time())).orElse(time),
        newer.map(TerminationMessage::schema).filter(seen -> isLater(seen, schema)).orElse(schema));
  }

  /** Whoever looked before the last change knows less. */
  private static boolean isLater(StoreSchemaStatus seen, StoreSchemaStatus known) {
    return known == null || known.version() == null || seen.version() >= known.version();
  }
}
