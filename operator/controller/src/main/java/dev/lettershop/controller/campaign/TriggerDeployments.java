package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.CollectorStatusView;
import dev.lettershop.controller.status.CollectorStatusView.Rollout;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.Names;
import dev.lettershop.diagnostic.Diagnostic;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Optional;

/** Keeps the Deployment of a triggered campaign, and says how it is doing. */
public final class TriggerDeployments {
  private final ClusterCache cache;
  private final Applier applier;
  private final Remover remover;
  private final ReconcilerTools tools;
  private final ObstacleSearch obstacles;

  public TriggerDeployments(
      ClusterCache cache,
      Applier applier,
      Remover remover,
      ReconcilerTools tools,
      ObstacleSearch obstacles) {
    this.cache = cache;
    this.applier = applier;
    this.remover = remover;
    this.tools = tools;
    this.obstacles = obstacles;
  }

  /**
   * What becomes of it while the campaign does not compile.
   *
   * @param held that it goes on with the last good plan, or why it does not; null when there is
   *     none
   */
  record Held(Optional<ApplyFailure> applyFailure, String held) {}

  /** Creates or updates it; says what is in the way. */
  Optional<ApplyFailure> apply(Campaign campaign, Deployment desired) {
    Applied<Deployment> applied = applier.apply(desired, present(campaign));
    if (applied instanceof Applied.Created<Deployment> created) {
      tools.record(
          campaign,
          EventReason.DeploymentCreated,
          "Made Deployment " + created.object().getMetadata().getName());
    } else if (applied instanceof Applied.Updated<Deployment> updated) {
      tools.record(
          campaign,
          EventReason.DeploymentUpdated,
          "Changed Deployment " + updated.object().getMetadata().getName());
    }
    return ApplyFailure.in(applied);
  }

  /** Removes it where nothing triggers the campaign any more. */
  void remove(Campaign campaign) {
    own(campaign).filter(found -> !found.isMarkedForDeletion()).ifPresent(remover::remove);
  }

  /** It goes on with the last good plan, unless that is no longer what the author says. */
  Held hold(Campaign campaign, AudienceFingerprint now, List<Diagnostic> diagnostics) {
    Optional<Deployment> present = own(campaign);
    if (present.isEmpty()) {
      return new Held(Optional.empty(), null);
    }
    String reason =
        LastGoodPlan.reason(present.get(), now, LastGoodPlan.own(campaign, diagnostics));
    boolean stops = reason != null || campaign.getSpec().suspend();
    int replicas = stops ? 0 : campaign.getSpec().parallelism();
    Deployment wished =
        new DeploymentBuilder(present.get())
            .withMetadata(LastGoodPlan.wished(present.get()))
            .withStatus(null)
            .editSpec()
            .withReplicas(replicas)
            .endSpec()
            .build();
    boolean already = Integer.valueOf(replicas).equals(present.get().getSpec().getReplicas());
    return new Held(
        already ? Optional.empty() : apply(campaign, wished),
        reason != null ? reason : goesOn(present.get()));
  }

  private static String goesOn(Deployment lastGood) {
    var annotations = lastGood.getSpec().getTemplate().getMetadata().getAnnotations();
    return "mails go out by the last good plan, "
        + annotations.get(Labels.PLAN_HASH)
        + " in ConfigMap "
        + annotations.get(Labels.PLAN);
  }

  /** Whether every Pod has this plan. */
  boolean everyPodHas(Campaign campaign, String planMap) {
    return own(campaign)
        .filter(
            deployment ->
                planMap.equals(
                    deployment
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations()
                        .get(Labels.PLAN)))
        .map(Rollout::of)
        .filter(Rollout::complete)
        .isPresent();
  }

  Rollout rollout(Campaign campaign) {
    return Rollout.of(own(campaign).orElse(null));
  }

  /** Adds how far the Deployment is to what was judged of the spec. */
  Conditions serving(Campaign campaign, Conditions judged) {
    Rollout rollout = rollout(campaign);
    ObstacleSearch.Found found =
        rollout.complete()
            ? ObstacleSearch.Found.NOTHING
            : obstacles.search(
                campaign.getMetadata().getNamespace(),
                cache
                    .pods()
                    .by(
                        campaign.getMetadata().getNamespace(),
                        ClusterCache.ownedBy(Labels.CAMPAIGN, campaign.getMetadata().getName())),
                tools.clock().instant());
    return CollectorStatusView.serving(judged, rollout, found.obstacle());
  }

  private Optional<Deployment> own(Campaign campaign) {
    return present(campaign)
        .filter(found -> found.hasOwnerReferenceFor(campaign.getMetadata().getUid()));
  }

  private Optional<Deployment> present(Campaign campaign) {
    return cache
        .deployments()
        .get(campaign.getMetadata().getNamespace(), Names.triggered(campaign));
  }
}
