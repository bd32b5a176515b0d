package dev.lettershop.controller.workload;

import dev.lettershop.job.PlanFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ConfigMap that hands a plan to workers: immutable, and named by its content. */
public final class PlanConfigMap {
  private PlanConfigMap() {}

  /**
   * @param owner the Campaign, ProfileSource or Segment that was planned
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public static ConfigMap of(HasMetadata owner, PlanFiles files, String planHash) {
    SortedMap<String, String> data = new TreeMap<>();
    files.files().forEach((name, file) -> data.put(name, Base64.getEncoder().encodeToString(file)));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(Names.plan(owner, files))
        .withLabels(Labels.plan(owner))
        .withAnnotations(Map.of(Labels.PLAN_HASH, planHash))
        .withOwnerReferences(Owner.controller(owner))
        .endMetadata()
        .withImmutable(true)
        .withBinaryData(data)
        .build();
  }

  /** The hash of a plan that is nothing but its files: that of a sync or a refresh. */
  public static String hash(PlanFiles files) {
    return "sha256:" + files.hash();
  }
}
