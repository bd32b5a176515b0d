package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import org.junit.jupiter.api.Test;

class RetentionWorkloadTest {
  private static final String STORE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default, namespace: shop, uid: u1}
      spec:
        postgresql: {host: db, database: shop, credentialsSecretRef: {name: db}}
        encryption: {keysetSecretRef: {name: pii-keys, key: keyset.json}}
        retention: {events: 400d}
      """;

  private static ResourceSet resources(String store) {
    return ResourceSet.builder().add(ResourceParser.parse("store.yaml", store)).build();
  }

  @Test
  void aStoreThatForgetsHasACronJobWithItsSecretsAndNoMore() {
    ResourceSet resources = resources(STORE);
    ProfileStore store = resources.profileStores().get("default");
    RetentionPlan plan = new PlanCompiler(resources).retention("default").value();

    CronJob cronJob =
        new RetentionWorkload(WorkloadSettings.of("worker:1"))
            .cronJob(new RetentionWorkload.Compiled(store, plan, "plan-1", "sha256:00"));

    assertThat(RetentionWorkload.forgets(store)).isTrue();
    assertThat(PlanFiles.of(plan).retention()).isEqualTo(plan);
    assertThat(cronJob.getMetadata().getName()).isEqualTo("default-retention");
    assertThat(cronJob.getMetadata().getLabels()).containsEntry(Labels.STORE, "default");
    assertThat(cronJob.getSpec().getSchedule()).matches("[0-5]?[0-9] 3 \\* \\* \\*");
    assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    PodSpec pod = cronJob.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().get(0).getArgs()).startsWith("retention");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .extracting((Volume volume) -> volume.getSecret().getSecretName())
        .containsExactlyInAnyOrder("db", "pii-keys");
  }

  @Test
  void aStoreThatKeepsEverythingHasNone() {
    ResourceSet resources = resources(STORE.replace("  retention: {events: 400d}\n", ""));

    assertThat(RetentionWorkload.forgets(resources.profileStores().get("default"))).isFalse();
  }
}
