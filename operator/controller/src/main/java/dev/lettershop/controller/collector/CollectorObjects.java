package dev.lettershop.controller.collector;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.WatchedObjects;
import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.workload.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings what a Collector is made of into the cluster, and takes away what it no longer has. */
public final class CollectorObjects {
  private static final String GATEWAY_API = "gateway.networking.k8s.io";

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final Applier applier;
  private final Remover remover;
  private final PlanMaps planMaps;
  private final ReconcilerTools tools;
  private final Map<String, WatchedObjects<?>> kinds;

  /** Uids of the Collectors of which it is known that they have no HTTPRoute. */
  private final Set<String> withoutRoute = ConcurrentHashMap.newKeySet();

  public CollectorObjects(
      KubernetesClient client,
      ClusterCache cache,
      Applier applier,
      Remover remover,
      ReconcilerTools tools) {
    this.client = client;
    this.cache = cache;
    this.applier = applier;
    this.remover = remover;
    this.planMaps = new PlanMaps(remover, cache);
    this.tools = tools;
    this.kinds =
        Stream.of(
                cache.networkPolicies(),
                cache.services(),
                cache.deployments(),
                cache.disruptionBudgets(),
                cache.autoscalers(),
                cache.ingresses())
            .collect(Collectors.toMap(WatchedObjects::kind, kind -> kind));
  }

  /**
   * @return what is in the way, or empty when everything is as desired
   */
  public Optional<ApplyFailure> apply(Collector owner, ConfigMap plan, List<HasMetadata> desired) {
    String namespace = owner.getMetadata().getNamespace();
    Optional<ApplyFailure> applyFailure =
        ApplyFailure.in(
            applier.apply(plan, cache.planMaps().get(namespace, plan.getMetadata().getName())));
    for (HasMetadata object : desired) {
      if (applyFailure.isPresent()) {
        return applyFailure;
      }
      applyFailure = apply(owner, object);
    }
    if (applyFailure.isEmpty()) {
      removeOthers(owner, desired);
    }
    return applyFailure;
  }

  private Optional<ApplyFailure> apply(Collector owner, HasMetadata desired) {
    Optional<HasMetadata> present = present(desired);
    if (desired instanceof HTTPRoute) {
      withoutRoute.remove(owner.getMetadata().getUid());
      if (present.isEmpty() && !client.hasApiGroup(GATEWAY_API, true)) {
        return Optional.of(
            new ApplyFailure(
                "GatewayApiNotInstalled",
                "spec.httpRoute needs the Gateway API, which this cluster does not have; install"
                    + " it, or set spec.ingress instead",
                false));
      }
    }
    Applied<HasMetadata> applied = applier.apply(desired, present);
    record(owner, applied);
    return ApplyFailure.in(applied);
  }

  private Optional<HasMetadata> present(HasMetadata desired) {
    if (desired instanceof HTTPRoute route) {
      return Optional.ofNullable(client.resource(route).get());
    }
    return kinds
        .get(desired.getKind())
        .get(desired.getMetadata().getNamespace(), desired.getMetadata().getName())
        .map(HasMetadata.class::cast);
  }

  private void record(Collector owner, Applied<HasMetadata> applied) {
    if (applied instanceof Applied.Created<HasMetadata> created
        && created.object() instanceof Deployment deployment) {
      tools.record(
          owner,
          EventReason.DeploymentCreated,
          "Made Deployment " + deployment.getMetadata().getName());
    } else if (applied instanceof Applied.Updated<HasMetadata> updated
        && updated.object() instanceof Deployment deployment) {
      tools.record(
          owner,
          EventReason.DeploymentUpdated,
          "Changed Deployment " + deployment.getMetadata().getName());
    }
  }

  private void removeOthers(Collector owner, List<HasMetadata> desired) {
    Set<String> kept =
        desired.stream()
            .map(object -> object.getKind() + "/" + object.getMetadata().getName())
            .collect(Collectors.toSet());
    kinds.forEach(
        (kind, objects) ->
            objects.by(owner.getMetadata().getNamespace(), key(owner)).stream()
                .filter(object -> object.hasOwnerReferenceFor(owner.getMetadata().getUid()))
                .filter(object -> !kept.contains(kind + "/" + object.getMetadata().getName()))
                .filter(object -> !object.isMarkedForDeletion())
                .forEach(remover::remove));
    if (desired.stream().noneMatch(HTTPRoute.class::isInstance)) {
      removeRoute(owner, desired.get(0).getMetadata().getName());
    }
  }

  /** HTTPRoutes are not watched, since many clusters do not have them; they are asked for once. */
  private void removeRoute(Collector owner, String name) {
    if (withoutRoute.contains(owner.getMetadata().getUid())) {
      return;
    }
    HTTPRoute route =
        client.hasApiGroup(GATEWAY_API, true)
            ? client
                .resources(HTTPRoute.class)
                .inNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .get()
            : null;
    if (route != null && route.hasOwnerReferenceFor(owner.getMetadata().getUid())) {
      remover.remove(route);
    }
    withoutRoute.add(owner.getMetadata().getUid());
  }

  /** Removes plans that no Pod has any more; to be called when all Pods have the present one. */
  public void prune(Collector owner, String presentPlan) {
    planMaps.prune(owner.getMetadata().getNamespace(), key(owner), presentPlan);
  }

  /** Name of the ConfigMap with the plan that a Deployment's Pods start with, or null. */
  static String planOf(Deployment deployment) {
    var template = deployment.getSpec().getTemplate().getMetadata();
    return template == null || template.getAnnotations() == null
        ? null
        : template.getAnnotations().get(Labels.PLAN);
  }

  static String key(Collector owner) {
    return ClusterCache.ownedBy(Labels.COLLECTOR, owner.getMetadata().getName());
  }
}
