package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Locale;
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
   */
  public static MailTransportStatus compute(
      MailTransport transport,
      Conditions judged,
      Collection<Job> jobs,
      Collection<Pod> pods,
      Obstacle obstacle,
      boolean isRead) {
    LastJob last = new LastJob(jobs, pods, obstacle);
    MailTransportStatus present = transport.getStatus();
    String time = present == null ? null : present.lastBouncesTime();
    BounceCounts counts = present == null ? null : present.lastBounces();
    Optional<TerminationMessage> newer =
        last.newestDone(message -> message.bounces() != null)
            .filter(message -> Moments.isAfter(message.time(), time));
    BounceCounts known = newer.map(TerminationMessage::bounces).orElse(counts);
    return new MailTransportStatus(
        judged.generation(),
        held(
                known,
                isRead
                    ? last.settle(
                        judged,
                        Conditions.LAST_BOUNCES_SUCCEEDED,
                        "NoReadings",
                        "Its bounces have not been read yet")
                    : judged.remove(Conditions.LAST_BOUNCES_SUCCEEDED))
            .list(),
        newer.map(message -> Moments.normalised(message.time())).orElse(time),
        known);
  }

  /** Says while suppressions wait for somebody's decision. */
  private static Conditions held(BounceCounts counts, Conditions conditions) {
    if (counts == null || counts.held() == null || counts.held() == 0) {
      return conditions.remove(Conditions.SUPPRESSIONS_HELD);
    }
    return conditions.set(
        Conditions.SUPPRESSIONS_HELD,
        ConditionStatus.True,
        "HardBouncesJumped",
        String.format(
            Locale.ROOT,
            "%,d addresses that bounced hard are not suppressed, because so many of one domain or"
                + " with one reason did at once: look at them with \"lettershop held list\", then"
                + " suppress or drop them",
            counts.held()));
  }
}
