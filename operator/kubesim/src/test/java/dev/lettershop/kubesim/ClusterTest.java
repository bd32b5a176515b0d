package dev.lettershop.kubesim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ClusterTest {
  private static final String SEND =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: send}
      spec:
        completionMode: Indexed
        completions: 3
        parallelism: 2
        backoffLimitPerIndex: 2
        podReplacementPolicy: Failed
        podFailurePolicy:
          rules:
          - {action: FailJob, onExitCodes: {operator: In, values: [2]}}
          - {action: FailIndex, onExitCodes: {operator: In, values: [3]}}
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: worker
              image: shop.example/worker:1
              args: ["%s"]
              volumeMounts:
              - {name: marks, mountPath: /marks}
            volumes:
            - {name: marks, persistentVolumeClaim: {claimName: marks}}
      """;

  private Cluster cluster;
  private KubernetesClient client;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    cluster =
        Cluster.builder()
            .jobBackOff(Duration.ofMillis(100))
            .pods(List.of("/bin/sh", "-c"), folder.resolve("pods"))
            .claim("marks", folder)
            .start();
    client = cluster.client();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aJobRunsToItsEnd() {
    send("echo shard $JOB_COMPLETION_INDEX");
    Job job = awaitCondition("Complete");

    assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0-2");
    assertThat(job.getStatus().getFailed()).isNull();
    assertThat(client.pods().list().getItems())
        .extracting(pod -> client.pods().withName(pod.getMetadata().getName()).getLog())
        .containsExactlyInAnyOrder("shard 0\n", "shard 1\n", "shard 2\n");
  }

  @Test
  void nothingIsWrittenAnyMoreWhenAllIsDone() {
    send("true");
    awaitCondition("Complete");
    AtomicLong mark = new AtomicLong();

    soon()
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              long now = cluster.server().requests().mark();
              return mark.getAndSet(now) == now;
            });
    assertThat(client.pods().list().getItems())
        .hasSize(3)
        .allMatch(pod -> pod.getFinalizers().isEmpty());
    assertThat(client.v1().events().list().getItems())
        .anyMatch(event -> event.getReason().equals("Completed"));
  }

  @Test
  void aShardThatFailsIsTriedAgain() {
    // Made by one of them alone, however close together they begin.
    send("if mkdir /marks/seen 2>/dev/null; then exit 1; fi");
    Job job = awaitCondition("Complete");

    assertThat(job.getStatus().getFailed()).isEqualTo(1);
    assertThat(client.pods().list().getItems()).hasSize(4);
  }

  @Test
  void aShardThatFailsForGoodFailsTheJobWhenTheOthersAreThrough() {
    send("[ $JOB_COMPLETION_INDEX != 1 ] || exit 3");
    Job job = awaitCondition("Failed");

    assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0,2");
    assertThat(job.getStatus().getFailedIndexes()).isEqualTo("1");
  }

  @Test
  void aWrongConfigurationFailsTheJobAtOnce() {
    send("[ $JOB_COMPLETION_INDEX != 0 ] && exec sleep 60; exit 2");
    Job job = awaitCondition("Failed");

    assertThat(job.getStatus().getConditions())
        .filteredOn(condition -> condition.getType().equals("Failed"))
        .singleElement()
        .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("PodFailurePolicy"));
  }

  @Test
  void aJobMayBeSuspendedAndResumed() {
    send("[ -e /marks/go ] || exec sleep 60");
    soon().until(() -> phases().equals(List.of("Running", "Running")));
    suspend(true);
    awaitCondition("Suspended");
    soon().until(() -> phases().isEmpty());

    assertThat(job().getStatus().getFailed()).isNull();

    folder.resolve("go").toFile().mkdir();
    suspend(false);
    Job job = awaitCondition("Complete");

    assertThat(job.getStatus().getCompletedIndexes()).isEqualTo("0-2");
  }

  @Test
  void aQuotaShowsAsAnEventAndIsWaitedFor() {
    AtomicBoolean full = new AtomicBoolean(true);
    cluster
        .server()
        .refuse("pods", pod -> full.get() ? Optional.of("exceeded quota: pods") : Optional.empty());
    send("true");
    soon()
        .untilAsserted(
            () ->
                assertThat(client.v1().events().list().getItems())
                    .anySatisfy(
                        event -> {
                          assertThat(event.getReason()).isEqualTo("FailedCreate");
                          assertThat(event.getMessage())
                              .matches(
                                  "Error creating: pods \"send-0-\\w{5}\" is forbidden: exceeded"
                                      + " quota: pods");
                        }));
    full.set(false);

    awaitCondition("Complete");
  }

  private void send(String script) {
    client.resource(Serialization.unmarshal(SEND.formatted(script), Job.class)).create();
  }

  private void suspend(boolean value) {
    client
        .batch()
        .v1()
        .jobs()
        .withName("send")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":" + value + "}}");
  }

  private Job job() {
    return client.batch().v1().jobs().withName("send").get();
  }

  private List<String> phases() {
    return client.pods().list().getItems().stream()
        .map(Pod::getStatus)
        .map(status -> status.getPhase())
        .toList();
  }

  private Job awaitCondition(String type) {
    return soon()
        .until(
            this::job,
            job ->
                job.getStatus() != null
                    && job.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals("True")));
  }

  /** The machine may be busy. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
