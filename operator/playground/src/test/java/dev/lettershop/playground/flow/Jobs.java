package dev.lettershop.playground.flow;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/** Jobs that people make. */
final class Jobs {
  private Jobs() {}

  /** As {@code kubectl create job --from=cronjob/…} does. */
  static void createFromCronJob(Namespace shop, String of, String name) {
    CronJob cronJob = shop.cronJob(of);
    shop.client()
        .resource(
            new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(shop.name())
                .withLabels(cronJob.getSpec().getJobTemplate().getMetadata().getLabels())
                .withAnnotations(cronJob.getSpec().getJobTemplate().getMetadata().getAnnotations())
                .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("CronJob")
                .withName(of)
                .withUid(cronJob.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
                .build())
        .create();
  }
}
