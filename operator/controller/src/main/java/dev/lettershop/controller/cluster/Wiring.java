package dev.lettershop.controller.cluster;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.job.RunName;
import dev.lettershop.plan.References;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decides who looks again when something changes. Every reconciler is woken by what it made itself
 * and by what it depends on; by nothing else.
 */
public final class Wiring {
  private static final Map<String, String> OWNERS =
      Map.of(
          Labels.CAMPAIGN,
          "Campaign",
          Labels.SOURCE,
          "ProfileSource",
          Labels.SEGMENT,
          "Segment",
          Labels.MODEL,
          "Model",
          Labels.TRANSPORT,
          "MailTransport",
          Labels.STORE,
          "ProfileStore",
          Labels.COLLECTOR,
          "Collector");

  private final ClusterCache cache;
  private final Dependents dependents;
  private final WakeSources wakes;
  private final Predicate<HasMetadata> own;

  private Wiring(
      ClusterCache cache, Dependents dependents, WakeSources wakes, Predicate<HasMetadata> own) {
    this.cache = cache;
    this.dependents = dependents;
    this.wakes = wakes;
    this.own = own;
  }

  /**
   * @param own whether an object is as a reconciler of this process just wrote it
   * @param shared told the namespace in which something changed that plans are compiled from
   */
  public static void connect(
      ClusterCache cache,
      Dependents dependents,
      WakeSources wakes,
      Predicate<HasMetadata> own,
      Consumer<String> shared) {
    new Wiring(cache, dependents, wakes, own).connect(shared);
  }

  private void connect(Consumer<String> shared) {
    for (WatchedObjects<?> kind :
        Set.of(
            cache.stores(),
            cache.sources(),
            cache.segments(),
            cache.models(),
            cache.templates(),
            cache.transports(),
            cache.collectors())) {
      kind.onChange(
          (before, after) -> {
            if (isOtherSpec(before, after)) {
              shared.accept(namespace(before, after));
              specChanged(before, after);
            }
          });
    }
    cache.campaigns().onChange(this::campaignChanged);
    cache.runs().onChange(this::runChanged);
    cache.cronJobs().onChange(this::madeChanged);
    cache.planMaps().onChange(this::madeChanged);
    for (WatchedObjects<?> kind :
        Set.of(
            cache.deployments(),
            cache.services(),
            cache.ingresses(),
            cache.networkPolicies(),
            cache.disruptionBudgets(),
            cache.autoscalers())) {
      kind.onChange(this::madeChanged);
    }
    cache.collectors().onChange(this::collectorTold);
    cache.jobs().onChange(this::jobChanged);
    cache.pods().onChange(this::podChanged);
  }

  /** The resource itself, because its reconciler reads this cache, and all that depend on it. */
  private void specChanged(HasMetadata before, HasMetadata after) {
    HasMetadata object = after == null ? before : after;
    String namespace = object.getMetadata().getNamespace();
    ResourceRef ref = new ResourceRef(object.getKind(), object.getMetadata().getName());
    if (after == null) {
      dependents.forget(namespace, ref);
    } else {
      wakes.wake(namespace, ref);
    }
    wakeDependents(namespace, ref);
    wakeDependents(namespace, References.all(object.getKind()));
    sourceOf(before).forEach(all -> wakeDependents(namespace, all));
    sourceOf(after).forEach(all -> wakeDependents(namespace, all));
  }

  private void wakeDependents(String namespace, ResourceRef on) {
    dependents.of(namespace, on).forEach(other -> wakes.wake(namespace, other));
  }

  /** What stands for all sources of a store, of which this may be one. */
  private static List<ResourceRef> sourceOf(HasMetadata object) {
    return object instanceof ProfileSource source && source.getSpec() != null
        ? List.of(Dependents.sourcesOf(source.getSpec().storeRef().name()))
        : List.of();
  }

  private void campaignChanged(HasMetadata before, HasMetadata after) {
    if (isOtherSpec(before, after)) {
      specChanged(before, after);
      HasMetadata campaign = after == null ? before : after;
      wakeRuns(campaign.getMetadata().getNamespace(), campaign.getMetadata().getName());
    }
  }

  private void runChanged(CampaignRun before, CampaignRun after) {
    CampaignRun run = after == null ? before : after;
    if (run.getSpec() == null) {
      return;
    }
    String namespace = run.getMetadata().getNamespace();
    String campaign = run.getSpec().campaignRef().name();
    ResourceRef ref = new ResourceRef("CampaignRun", run.getMetadata().getName());
    if (after == null || isFinished(after)) {
      dependents.forget(namespace, ref);
    }
    if (after != null) {
      wakes.wake(namespace, ref);
    }
    wakes.wake(namespace, new ResourceRef("Campaign", campaign));
    if (after == null || before == null || isFinished(after) && !isFinished(before)) {
      wakeRuns(namespace, campaign);
    }
  }

  /** Its Pods write their figures into its status, and the controller adds them up. */
  private void collectorTold(Collector before, Collector after) {
    if (after != null && !isOtherSpec(before, after)) {
      wakes.wake(
          after.getMetadata().getNamespace(),
          new ResourceRef("Collector", after.getMetadata().getName()));
    }
  }

  private void wakeRuns(String namespace, String campaign) {
    cache
        .runs()
        .by(namespace, campaign)
        .forEach(
            run ->
                wakes.wake(namespace, new ResourceRef("CampaignRun", run.getMetadata().getName())));
  }

  private static boolean isFinished(CampaignRun run) {
    return run.getStatus() != null && run.getStatus().completionTime() != null;
  }

  private void jobChanged(HasMetadata before, HasMetadata after) {
    HasMetadata job = after == null ? before : after;
    wakes.wake(
        job.getMetadata().getNamespace(),
        new ResourceRef("CampaignRun", RunName.of(job.getMetadata().getName())));
    // Made for the run, and the campaign has to know of it.
    wakeOwners(job);
  }

  private void podChanged(HasMetadata before, HasMetadata after) {
    HasMetadata pod = after == null ? before : after;
    String job = OwnershipLabels.label(pod, OwnershipLabels.JOB_NAME);
    if (job != null && OwnershipLabels.label(pod, Labels.CAMPAIGN) != null) {
      wakes.wake(pod.getMetadata().getNamespace(), new ResourceRef("CampaignRun", RunName.of(job)));
    } else {
      madeChanged(before, after);
    }
  }

  /**
   * Whom an object was made for stands in its labels. Who wrote it just now need not look again.
   */
  private void madeChanged(HasMetadata before, HasMetadata after) {
    if (after == null || !own.test(after)) {
      wakeOwners(after == null ? before : after);
    }
  }

  private void wakeOwners(HasMetadata made) {
    OWNERS.forEach(
        (label, kind) -> {
          String owner = OwnershipLabels.label(made, label);
          if (owner != null) {
            wakes.wake(made.getMetadata().getNamespace(), new ResourceRef(kind, owner));
          }
        });
  }

  private static boolean isOtherSpec(HasMetadata before, HasMetadata after) {
    return before == null
        || after == null
        || !Objects.equals(before.getMetadata().getUid(), after.getMetadata().getUid())
        || !Objects.equals(
            before.getMetadata().getGeneration(), after.getMetadata().getGeneration());
  }

  private static String namespace(HasMetadata before, HasMetadata after) {
    return (after == null ? before : after).getMetadata().getNamespace();
  }
}
