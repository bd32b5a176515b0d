package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What becomes of the CronJob of a campaign that no longer compiles: a pure function. It goes on
 * with the last good plan, at the times that the campaign says now. It is paused when that would be
 * wrong: when who is mailed, or in whose name, is not what the last good plan says, or when the
 * store or transport no longer allows it.
 *
 * @param cronJob as it should be
 * @param reason why it is paused though the author did not pause it, or null
 */
record LastGoodPlan(CronJob cronJob, String reason) {
  /** Errors here mean that somebody has taken the permission back. */
  private static final Set<String> PERMISSION =
      Set.of("spec.topic", "spec.from.address", "spec.storeRef.name", "spec.transportRef.name");

  static LastGoodPlan of(
      CronJob present, Campaign campaign, AudienceFingerprint now, List<Diagnostic> diagnostics) {
    CampaignSpec spec = campaign.getSpec();
    List<Diagnostic> own = own(campaign, diagnostics);
    String reason = reason(present, now, own);
    boolean scheduleSound = own.stream().noneMatch(d -> d.field().startsWith("spec.schedule"));
    var changed =
        new CronJobBuilder(present)
            .withMetadata(wished(present))
            .withStatus(null)
            .editSpec()
            .withSuspend(spec.suspend() || reason != null)
            .endSpec();
    if (scheduleSound) {
      changed
          .editSpec()
          .withSchedule(spec.schedule().cron())
          .withTimeZone(spec.schedule().timeZone() == null ? "Etc/UTC" : spec.schedule().timeZone())
          .endSpec();
    }
    return new LastGoodPlan(changed.build(), reason);
  }

  /**
   * Why what was made by the last good plan must not go on; null when it may.
   *
   * @param present what was made
   * @param own errors of the campaign itself
   */
  static String reason(HasMetadata present, AudienceFingerprint now, List<Diagnostic> own) {
    if (!now.isAsIn(
        AudienceFingerprint.parse(
            OwnershipLabels.annotation(present, OwnershipLabels.ADDRESSING)))) {
      return "the schedule is paused: the last good plan mails other people, or in another name, than"
          + " the campaign says now";
    }
    return own.stream().anyMatch(d -> PERMISSION.contains(d.field()))
        ? "the schedule is paused: the last good plan is no longer allowed"
        : null;
  }

  /** The errors of the campaign itself. */
  static List<Diagnostic> own(Campaign campaign, List<Diagnostic> diagnostics) {
    ResourceRef self = new ResourceRef("Campaign", campaign.getMetadata().getName());
    return diagnostics.stream()
        .filter(Diagnostic::isError)
        .filter(d -> d.resource().equals(self))
        .toList();
  }

  /** Whether nothing has to be changed. */
  boolean isAlready(CronJob present) {
    return cronJob.getSpec().equals(present.getSpec());
  }

  /** What was wished for, without what the server and the last application added. */
  static ObjectMeta wished(HasMetadata present) {
    ObjectMeta metadata = present.getMetadata();
    Map<String, String> annotations = new TreeMap<>();
    if (metadata.getAnnotations() != null) {
      annotations.putAll(metadata.getAnnotations());
    }
    annotations.keySet().retainAll(Set.of(OwnershipLabels.ADDRESSING));
    return new ObjectMetaBuilder()
        .withName(metadata.getName())
        .withNamespace(metadata.getNamespace())
        .withLabels(metadata.getLabels())
        .withAnnotations(annotations)
        .withOwnerReferences(metadata.getOwnerReferences())
        .build();
  }
}
