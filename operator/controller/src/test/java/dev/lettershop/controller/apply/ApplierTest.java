package dev.lettershop.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class ApplierTest {
  static KubernetesClient client;
  static KubernetesMockServer server;
  private Applier applier;

  @BeforeEach
  void startWithAnEmptyCluster() {
    server.reset();
    applier = new Applier(client, new OwnWrites());
  }

  @Test
  void makes_what_does_not_exist() {
    assertThat(applier.apply(cronJob("@daily"), Optional.empty()))
        .isInstanceOf(Applied.Created.class);

    assertThat(found().getSpec().getSchedule()).isEqualTo("@daily");
  }

  @Test
  void sends_nothing_when_all_is_as_desired() {
    applier.apply(cronJob("@daily"), Optional.empty());
    CronJob cached = found();
    int before = server.getRequestCount();

    assertThat(applier.apply(cronJob("@daily"), Optional.of(cached)))
        .isInstanceOf(Applied.Unchanged.class);

    assertThat(server.getRequestCount()).isEqualTo(before);
  }

  @Test
  void finds_out_that_something_exists_of_which_the_cache_does_not_know() {
    applier.apply(cronJob("@daily"), Optional.empty());

    assertThat(applier.apply(cronJob("@hourly"), Optional.empty()))
        .isInstanceOf(Applied.Updated.class);

    assertThat(found().getSpec().getSchedule()).isEqualTo("@hourly");
  }

  @Test
  void finds_out_that_the_cache_is_out_of_date() {
    applier.apply(cronJob("@daily"), Optional.empty());
    CronJob cached = found();
    label("theirs", "new");

    assertThat(applier.apply(cronJob("@hourly"), Optional.of(cached)))
        .isInstanceOf(Applied.Updated.class);

    assertThat(found().getSpec().getSchedule()).isEqualTo("@hourly");
    assertThat(found().getMetadata().getLabels()).containsEntry("theirs", "new");
  }

  @Test
  void makes_anew_what_was_deleted_behind_the_cache() {
    applier.apply(cronJob("@daily"), Optional.empty());
    CronJob cached = found();
    client.resource(cached).delete();

    assertThat(applier.apply(cronJob("@hourly"), Optional.of(cached)))
        .isInstanceOf(Applied.Created.class);
  }

  @Test
  void undoes_what_somebody_changed_by_hand() {
    applier.apply(cronJob("@daily"), Optional.empty());
    client
        .resource(found())
        .edit(c -> new CronJobBuilder(c).editSpec().withSuspend(true).endSpec().build());

    assertThat(applier.apply(cronJob("@daily"), Optional.of(found())))
        .isInstanceOf(Applied.Updated.class);

    assertThat(found().getSpec().getSuspend()).isFalse();
  }

  @Test
  void removes_a_field_that_is_no_longer_desired() {
    CronJob inBerlin = cronJob("@daily");
    inBerlin.getSpec().setTimeZone("Europe/Berlin");
    applier.apply(inBerlin, Optional.empty());

    assertThat(applier.apply(cronJob("@daily"), Optional.of(found())))
        .isInstanceOf(Applied.Updated.class);

    assertThat(found().getSpec().getTimeZone()).isNull();
  }

  @Test
  void keeps_other_peoples_labels_owners_and_fields() {
    ServiceAccount desired =
        new ServiceAccountBuilder()
            .withMetadata(meta())
            .withAutomountServiceAccountToken(false)
            .build();
    applier.apply(desired, Optional.empty());
    client
        .resource(desired)
        .edit(
            account ->
                new ServiceAccountBuilder(account)
                    .editMetadata()
                    .addToLabels("theirs", "kept")
                    .addToOwnerReferences(owner("other", "uid-2", false))
                    .endMetadata()
                    .addNewImagePullSecret("registry")
                    .withAutomountServiceAccountToken(true)
                    .build());

    applier.apply(desired, Optional.empty());

    ServiceAccount found = client.resource(desired).get();
    assertThat(found.getAutomountServiceAccountToken()).isFalse();
    assertThat(found.getMetadata().getLabels()).containsEntry("theirs", "kept");
    assertThat(found.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly("uid-1", "uid-2");
    assertThat(found.getImagePullSecrets()).hasSize(1);
  }

  @Test
  void leaves_alone_what_belongs_to_somebody_else() {
    CronJob theirs = cronJob("@daily");
    theirs.getMetadata().setOwnerReferences(List.of(owner("theirs", "uid-9", true)));
    client.resource(theirs).create();

    assertThat(applier.apply(cronJob("@hourly"), Optional.empty()))
        .isEqualTo(new Applied.Conflict<>("CronJob", "news", false));

    assertThat(found().getSpec().getSchedule()).isEqualTo("@daily");
  }

  @Test
  void leaves_alone_what_has_our_owner_but_not_our_label() {
    CronJob theirs = cronJob("@daily");
    theirs.getMetadata().setLabels(Map.of("app.kubernetes.io/managed-by", "Helm"));
    client.resource(theirs).create();

    assertThat(applier.apply(cronJob("@hourly"), Optional.of(theirs)))
        .isEqualTo(new Applied.Conflict<>("CronJob", "news", false));
  }

  @Test
  void waits_for_the_object_of_an_earlier_owner_of_the_same_name_to_go() {
    CronJob former = cronJob("@daily");
    former.getMetadata().setOwnerReferences(List.of(owner("news", "uid-0", true)));
    client.resource(former).create();

    assertThat(applier.apply(cronJob("@hourly"), Optional.empty()))
        .isEqualTo(new Applied.Conflict<>("CronJob", "news", true));
  }

  @Test
  void waits_for_an_object_that_is_being_deleted() {
    CronJob going = cronJob("@daily");
    going.getMetadata().setDeletionTimestamp("2027-03-01T09:00:00Z");

    assertThat(applier.apply(cronJob("@daily"), Optional.of(going)))
        .isEqualTo(new Applied.Conflict<>("CronJob", "news", true));
  }

  @Test
  void pauses_and_resumes_a_job_and_changes_nothing_else_of_it() {
    applier.apply(job(false, "worker:1"), Optional.empty());

    assertThat(applier.apply(job(true, "worker:2"), Optional.empty()))
        .isInstanceOf(Applied.Updated.class);

    Job found = client.resource(job(false, "worker:1")).get();
    assertThat(found.getSpec().getSuspend()).isTrue();
    assertThat(found.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("worker:1");
    assertThat(applier.apply(job(true, "worker:3"), Optional.of(found)))
        .isInstanceOf(Applied.Unchanged.class);
  }

  @Test
  void takes_an_immutable_config_map_by_its_name() {
    applier.apply(plan("one"), Optional.empty());
    ConfigMap withoutData = plan("one");
    withoutData.setData(null);

    assertThat(applier.apply(plan("one"), Optional.of(withoutData)))
        .isInstanceOf(Applied.Unchanged.class);
  }

  @Test
  void reports_what_the_server_refuses_in_the_servers_words() {
    server
        .expect()
        .post()
        .withPath("/apis/batch/v1/namespaces/shop/cronjobs")
        .andReturn(
            422,
            new StatusBuilder()
                .withCode(422)
                .withReason("Invalid")
                .withMessage("CronJob.batch \"news\" is invalid: spec.schedule")
                .build())
        .once();

    assertThat(applier.apply(cronJob("@never"), Optional.empty()))
        .isEqualTo(
            new Applied.Refused<>(
                "CronJob", "news", "CronJob.batch \"news\" is invalid: spec.schedule"));
  }

  @Test
  void leaves_to_the_autoscaler_how_many_there_are() {
    applier.apply(deployment(null, "v1"), Optional.empty());
    client
        .resource(deployment(null, "v1"))
        .edit(d -> new DeploymentBuilder(d).editSpec().withReplicas(7).endSpec().build());

    assertThat(applier.apply(deployment(null, "v2"), Optional.empty()))
        .isInstanceOf(Applied.Updated.class);

    Deployment found = client.resource(deployment(null, "v1")).get();
    assertThat(found.getSpec().getReplicas()).isEqualTo(7);
    assertThat(found.getSpec().getTemplate().getMetadata().getLabels()).containsValue("v2");
    assertThat(applier.apply(deployment(null, "v2"), Optional.of(found)))
        .isInstanceOf(Applied.Unchanged.class);
    applier.apply(deployment(3, "v2"), Optional.empty());
    assertThat(client.resource(found).get().getSpec().getReplicas()).isEqualTo(3);
  }

  private static Deployment deployment(Integer replicas, String version) {
    return new DeploymentBuilder()
        .withMetadata(meta())
        .withNewSpec()
        .withReplicas(replicas)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("version", version))
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private CronJob found() {
    return client.resource(cronJob("@daily")).get();
  }

  private void label(String key, String value) {
    client
        .resource(found())
        .edit(
            c ->
                new CronJobBuilder(c).editMetadata().addToLabels(key, value).endMetadata().build());
  }

  private static CronJob cronJob(String schedule) {
    return new CronJobBuilder()
        .withMetadata(meta())
        .withNewSpec()
        .withSchedule(schedule)
        .withSuspend(false)
        .endSpec()
        .build();
  }

  private static Job job(boolean suspended, String image) {
    return new JobBuilder()
        .withMetadata(meta())
        .withNewSpec()
        .withSuspend(suspended)
        .withNewTemplate()
        .withNewSpec()
        .addNewContainer()
        .withName("worker")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static ConfigMap plan(String content) {
    return new ConfigMapBuilder()
        .withMetadata(meta())
        .withImmutable(true)
        .withData(Map.of("plan", content))
        .build();
  }

  private static ObjectMeta meta() {
    return new ObjectMetaBuilder()
        .withNamespace("shop")
        .withName("news")
        .withLabels(Map.of("app.kubernetes.io/managed-by", "lettershop-controller"))
        .withOwnerReferences(owner("news", "uid-1", true))
        .build();
  }

  private static OwnerReference owner(String name, String uid, boolean controller) {
    return new OwnerReferenceBuilder()
        .withApiVersion("lettershop.dev/v1alpha1")
        .withKind("Campaign")
        .withName(name)
        .withUid(uid)
        .withController(controller)
        .build();
  }
}
