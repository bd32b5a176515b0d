package dev.lettershop.controller.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * What Pods of collectors may do to the API: write the figures of Collectors, and read nothing. Who
 * gets into a process that anybody can reach gets no further. One set for each namespace, beside
 * that of workers; belongs to no resource, goes with the last Collector.
 */
public final class CollectorAccess {
  /** Name of the ServiceAccount, the Role and the RoleBinding. */
  public static final String NAME = "lettershop-collector";

  private CollectorAccess() {}

  /** ServiceAccount, Role and RoleBinding, in the order in which they are best made. */
  public static List<HasMetadata> of(String namespace) {
    return WorkerAccess.of(namespace, NAME, Labels.collectorAccess(), "collectors/status");
  }
}
