package dev.lettershop.controller.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import java.util.Map;

/**
 * What workers may do to the API: write the figures of runs, triggers, segments, models, sources,
 * stores and bounces, and read nothing. One set for each namespace; belongs to no resource, goes
 * with the last one.
 */
public final class WorkerAccess {
  /** Name of the ServiceAccount, the Role and the RoleBinding. */
  public static final String NAME = "lettershop-worker";

  private static final String RBAC = "rbac.authorization.k8s.io";

  private WorkerAccess() {}

  /** ServiceAccount, Role and RoleBinding, in the order in which they are best made. */
  public static List<HasMetadata> of(String namespace) {
    return of(
        namespace,
        NAME,
        Labels.worker(),
        "campaignruns/status",
        "campaigns/status",
        "mailtransports/status",
        "models/status",
        "profilesources/status",
        "profilestores/status",
        "segments/status");
  }

  /**
   * @param resources whose status may be patched
   */
  static List<HasMetadata> of(
      String namespace, String name, Map<String, String> labels, String... resources) {
    ObjectMeta meta =
        new ObjectMetaBuilder().withNamespace(namespace).withName(name).withLabels(labels).build();
    return List.of(
        new ServiceAccountBuilder()
            .withMetadata(meta)
            .withAutomountServiceAccountToken(false)
            .build(),
        new RoleBuilder()
            .withMetadata(meta)
            .addNewRule()
            .withApiGroups("lettershop.dev")
            .withResources(resources)
            .withVerbs("patch")
            .endRule()
            .build(),
        new RoleBindingBuilder()
            .withMetadata(meta)
            .withNewRoleRef(RBAC, "Role", name)
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(name)
            .withNamespace(namespace)
            .endSubject()
            .build());
  }
}
