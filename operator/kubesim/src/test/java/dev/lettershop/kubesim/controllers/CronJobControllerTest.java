package dev.lettershop.kubesim.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CronJobControllerTest {
  private final SetClock clock = new SetClock(Instant.parse("2027-03-01T08:50:00Z"));
  private final InMemoryApiServer server = InMemoryApiServer.start(0, clock);
  private final KubernetesClient client = server.client();
  private final CronJobController controller = new CronJobController(client, clock);

  @BeforeEach
  void create() {
    client
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: hourly}
                spec:
                  schedule: "0 * * * *"
                  concurrencyPolicy: Forbid
                  successfulJobsHistoryLimit: 1
                  jobTemplate:
                    metadata: {labels: {team: shop}}
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: worker, image: "shop.example/worker:1"}]
                """,
                CronJob.class))
        .create();
  }

  @AfterEach
  void stop() {
    controller.close();
    server.close();
  }

  @Test
  void aJobIsMadeWhenItsTimeHasCome() {
    at("2027-03-01T09:00:00Z");
    Job job = soon().until(this::jobs, jobs -> jobs.size() == 1).get(0);

    assertThat(job.getMetadata().getLabels()).containsEntry("team", "shop");
    assertThat(job.getMetadata().getOwnerReferences().get(0).getController()).isTrue();
    soon()
        .untilAsserted(
            () -> {
              assertThat(status().getLastScheduleTime()).isEqualTo("2027-03-01T09:00:00Z");
              assertThat(status().getActive())
                  .extracting(active -> active.getName())
                  .containsExactly(job.getMetadata().getName());
            });
  }

  @Test
  void jobsComeOneAfterTheOtherAndOldOnesGo() {
    at("2027-03-01T09:00:00Z");
    finish(soon().until(this::jobs, jobs -> jobs.size() == 1).get(0));
    at("2027-03-01T10:00:00Z");
    Job second = soon().until(this::jobs, jobs -> jobs.size() == 2).get(1);
    finish(second);

    soon()
        .untilAsserted(
            () ->
                assertThat(jobs())
                    .extracting(job -> job.getMetadata().getName())
                    .containsExactly(second.getMetadata().getName()));
    // Old Jobs go before the status is written.
    soon()
        .untilAsserted(
            () -> assertThat(status().getLastSuccessfulTime()).isEqualTo("2027-03-01T10:00:30Z"));
  }

  @Test
  void aDeletedCronJobTakesItsJobsAlong() {
    at("2027-03-01T09:00:00Z");
    soon().until(this::jobs, jobs -> jobs.size() == 1);
    client.batch().v1().cronjobs().withName("hourly").delete();

    soon().until(() -> jobs().isEmpty());
  }

  private void at(String time) {
    clock.now.set(Instant.parse(time));
    // The informer may not have seen the CronJob yet; then the tick comes with its first sight.
    controller.tick();
  }

  private void finish(Job job) {
    // The Job itself says for when it is: the CronJob's status follows later.
    String scheduled =
        job.getMetadata().getAnnotations().get("batch.kubernetes.io/cronjob-scheduled-timestamp");
    String hour = scheduled.substring(0, 17);
    job.setStatus(
        Serialization.unmarshal(
            """
            startTime: "%s00Z"
            completionTime: "%s30Z"
            conditions: [{type: Complete, status: "True"}]
            """
                .formatted(hour, hour),
            io.fabric8.kubernetes.api.model.batch.v1.JobStatus.class));
    client.resource(job).updateStatus();
    soon().until(() -> status().getActive().isEmpty());
  }

  private CronJobStatus status() {
    return soon()
        .until(
            () -> client.batch().v1().cronjobs().withName("hourly").get().getStatus(),
            status -> status != null && status.getLastScheduleTime() != null);
  }

  private List<Job> jobs() {
    return client.batch().v1().jobs().list().getItems();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }

  /** Stands still until it is set. */
  private static final class SetClock extends Clock {
    private final AtomicReference<Instant> now;

    private SetClock(Instant start) {
      now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
