package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;

/** What is known of a transport, from its newest Jobs and what was judged of its spec. */
public final class BouncesStatusView {
  private BouncesStatusView() {}

  /**
   * @param judged the transport's conditions with {@code Ready} settled
   * @param jobs that read its bounces, in any order
   * @param pods of these Jobs
   * @param obstacle why the Pods of the newest Job do not start, or null
   * @param isRead whether its bounces are read at all
   * @param ofRuns what runs that use it have found, or null
   */
  public static MailTransportStatus compute(
      MailTransport transport,
      Conditions judged,
      Collection<Job> jobs,
      Collection<Pod> pods,
      Obstacle obstacle,
      boolean isRead,
      SuppressionsHeld ofRuns) {
    LastJob last = new LastJob(jobs, pods, obstacle);
    MailTransportStatus present = transport.getStatus();
    String time = present == null ? null : present.lastBouncesTime();
    BounceCounts counts = present == null ? null : present.lastBounces();
    Optional<TerminationMessage> newer =
        last.newestDone(message -> message.bounces() != null)
            .filter(message -> Moments.isAfter(message.time(), time));
    BounceCounts known = newer.map(TerminationMessage::bounces).orElse(counts);
    String knownTime = newer.map(message -> Moments.normalised(message.time())).orElse(time);
    Conditions settled =
        isRead
            ? last.settle(
                judged,
                Conditions.LAST_BOUNCES_SUCCEEDED,
                "NoReadings",
                "Its bounces have not been read yet")
            : judged.remove(Conditions.LAST_BOUNCES_SUCCEEDED);
    return new MailTransportStatus(
        judged.generation(),
        SuppressionsHeld.settle(held(known, knownTime, ofRuns), settled).list(),
        knownTime,
        known);
  }

  /** The newer of what the last reading and the last run have found. */
  private static long held(BounceCounts counts, String time, SuppressionsHeld ofRuns) {
    SuppressionsHeld read =
        counts == null || time == null
            ? null
            : new SuppressionsHeld(counts.held() == null ? 0 : counts.held(), time);
    if (read == null || ofRuns == null) {
      SuppressionsHeld known = read == null ? ofRuns : read;
      return known == null ? 0 : known.addresses();
    }
    return read.newer(ofRuns).addresses();
  }
}
