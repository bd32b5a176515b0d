package dev.lettershop.kubesim.apiserver.object;

import static dev.lettershop.kubesim.apiserver.object.ResourceType.builtIn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The kinds that are served: built-in ones, and those of the CRDs. Thread-safe. */
public final class ResourceTypes {
  private static final List<ResourceType> BUILT_IN =
      List.of(
          builtIn("v1", "namespaces", "Namespace", false, true, "ns"),
          builtIn("v1", "configmaps", "ConfigMap", true, false, "cm"),
          builtIn("v1", "secrets", "Secret", true, false, ""),
          builtIn("v1", "pods", "Pod", true, true, "po"),
          builtIn("v1", "events", "Event", true, false, "ev"),
          builtIn("v1", "serviceaccounts", "ServiceAccount", true, false, "sa"),
          builtIn("v1", "persistentvolumeclaims", "PersistentVolumeClaim", true, true, "pvc"),
          builtIn("batch/v1", "jobs", "Job", true, true, ""),
          builtIn("batch/v1", "cronjobs", "CronJob", true, true, "cj"),
          builtIn("apps/v1", "deployments", "Deployment", true, true, "deploy"),
          builtIn("v1", "services", "Service", true, true, "svc"),
          builtIn("networking.k8s.io/v1", "ingresses", "Ingress", true, true, "ing"),
          builtIn(
              "networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", true, false, "netpol"),
          builtIn("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget", true, true, "pdb"),
          builtIn(
              "autoscaling/v2",
              "horizontalpodautoscalers",
              "HorizontalPodAutoscaler",
              true,
              true,
              "hpa"),
          builtIn("coordination.k8s.io/v1", "leases", "Lease", true, false, ""),
          builtIn("rbac.authorization.k8s.io/v1", "roles", "Role", true, false, ""),
          builtIn("rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding", true, false, ""),
          builtIn("rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole", false, false, ""),
          builtIn(
              "rbac.authorization.k8s.io/v1",
              "clusterrolebindings",
              "ClusterRoleBinding",
              false,
              false,
              ""),
          builtIn(
              "apiextensions.k8s.io/v1",
              "customresourcedefinitions",
              "CustomResourceDefinition",
              false,
              true,
              "crd"));

  private final ConcurrentHashMap<String, ResourceType> byPath = new ConcurrentHashMap<>();
  private volatile Consumer<ResourceType> onNew = type -> {};

  public ResourceTypes() {
    BUILT_IN.forEach(this::add);
  }

  /** Serves what a CustomResourceDefinition defines from now on. */
  public void define(JsonNode definition) {
    add(ResourceType.of(definition));
  }

  /** Forgets what a CustomResourceDefinition defined. */
  public void undefine(JsonNode definition) {
    ResourceType type = ResourceType.of(definition);
    byPath.remove(path(type.group(), type.version(), type.plural()));
  }

  /** Tells of all kinds that are served, and of those that come later. */
  public void each(Consumer<ResourceType> listener) {
    all().forEach(listener);
    onNew = listener;
  }

  public Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(byPath.get(path(group, version, plural)));
  }

  /** Sorted by group and name. */
  public List<ResourceType> all() {
    return sorted(byPath.values());
  }

  private static List<ResourceType> sorted(Collection<ResourceType> types) {
    return types.stream()
        .sorted(
            Comparator.comparing(ResourceType::group)
                .thenComparing(ResourceType::version)
                .thenComparing(ResourceType::plural))
        .toList();
  }

  private void add(ResourceType type) {
    if (byPath.put(path(type.group(), type.version(), type.plural()), type) == null) {
      onNew.accept(type);
    }
  }

  private static String path(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }
}
