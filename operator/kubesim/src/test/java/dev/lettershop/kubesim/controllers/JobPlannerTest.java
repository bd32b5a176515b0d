package dev.lettershop.kubesim.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobPlannerTest {
  private static final Instant NOW = Instant.parse("2027-03-01T09:00:00Z");
  private static final Duration BACK_OFF = Duration.ofSeconds(10);
  private static final String INDEXED =
      """
      metadata: {name: send, namespace: shop, uid: job-1}
      spec:
        completionMode: Indexed
        completions: 3
        parallelism: 2
        backoffLimit: 2147483647
        backoffLimitPerIndex: 1
        podReplacementPolicy: Failed
        podFailurePolicy:
          rules:
          - {action: Ignore, onPodConditions: [{type: DisruptionTarget, status: "True"}]}
          - {action: FailJob, onExitCodes: {operator: In, values: [2]}}
          - {action: FailIndex, onExitCodes: {operator: In, values: [3]}}
      """;
  private static final String PLAIN =
      """
      metadata: {name: sync, namespace: shop, uid: job-1}
      spec:
        completionMode: NonIndexed
        completions: 1
        parallelism: 1
        backoffLimit: 1
      """;

  private Job job = job(INDEXED);
  private JobMemory memory = JobMemory.EMPTY;
  private Instant now = NOW;
  private final List<Pod> pods = new ArrayList<>();

  @Test
  void aNewJobGetsAsManyPodsAsMayRunAtOnce() {
    JobPlan plan = plan();

    assertThat(plan.create()).containsExactly(0, 1);
    assertThat(plan.status().getStartTime()).isEqualTo("2027-03-01T09:00:00Z");
  }

  @Test
  void anIndexThatIsDoneMakesRoomForTheNext() {
    pods.add(succeeded(0));
    pods.add(running(1));
    JobPlan plan = plan();

    assertThat(plan.create()).containsExactly(2);
    assertThat(plan.status().getCompletedIndexes()).isEqualTo("0");
    assertThat(plan.status().getSucceeded()).isEqualTo(1);
    assertThat(plan.status().getActive()).isEqualTo(1);
    assertThat(plan.release()).extracting(JobPod::index).containsExactly(0);
  }

  @Test
  void aPodIsCountedOnceHoweverLongItStays() {
    pods.add(failed(0, 1));
    plan();
    JobPlan again = plan();

    assertThat(again.status().getFailed()).isEqualTo(1);
  }

  @Test
  void aJobIsCompleteWhenAllIndexesAre() {
    pods.add(succeeded(0));
    pods.add(succeeded(1));
    pods.add(succeeded(2));
    JobPlan plan = plan();

    assertThat(conditions(plan))
        .containsExactly("SuccessCriteriaMet CompletionsReached", "Complete CompletionsReached");
    assertThat(plan.status().getCompletionTime()).isEqualTo("2027-03-01T09:00:00Z");
    assertThat(plan.status().getCompletedIndexes()).isEqualTo("0-2");
    assertThat(plan.notices()).containsExactly(new Notice(false, "Completed", "Job completed"));
  }

  @Test
  void aFailedIndexIsTriedAgainAfterABackOffOfItsOwn() {
    pods.add(failed(0, 1));
    pods.add(running(1));
    JobPlan plan = plan();

    assertThat(plan.create()).as("index 2 need not wait for index 0").containsExactly(2);
    assertThat(plan.again()).isEqualTo(Duration.ofSeconds(10));

    now = NOW.plusSeconds(10);

    assertThat(plan().create()).containsExactly(0);
  }

  @Test
  void anIndexFailsWhenItsRetriesAreUsedUp() {
    pods.add(failed(0, 1));
    plan();
    pods.add(failed(0, 1));
    JobPlan plan = plan();

    assertThat(plan.status().getFailedIndexes()).isEqualTo("0");
    assertThat(plan.create()).containsExactly(1, 2);
    assertThat(conditions(plan)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, '', 1",
    "3, '0', 1",
    "4, '', 1",
  })
  void theExitCodeDecidesWhatAFailureMeans(int exitCode, String failedIndexes, int failed) {
    pods.add(failed(0, exitCode));
    JobPlan plan = plan();

    assertThat(plan.status().getFailedIndexes()).isEqualTo(failedIndexes);
    assertThat(plan.status().getFailed()).isEqualTo(failed);
    assertThat(conditions(plan)).isEmpty();
  }

  @Test
  void anExitCodeMayFailTheWholeJobWhichFirstEndsItsOtherPods() {
    Pod broken = failed(0, 2);
    pods.add(broken);
    pods.add(running(1));
    JobPlan first = plan();

    assertThat(conditions(first)).containsExactly("FailureTarget PodFailurePolicy");
    assertThat(first.status().getConditions().get(0).getMessage())
        .isEqualTo(
            "Container worker for pod shop/"
                + broken.getMetadata().getName()
                + " failed with exit code 2 matching FailJob rule at index 1");
    assertThat(first.delete()).extracting(JobPod::index).containsExactly(1);
    assertThat(first.create()).isEmpty();

    pods.remove(1);
    JobPlan then = plan();

    assertThat(conditions(then))
        .containsExactly("FailureTarget PodFailurePolicy", "Failed PodFailurePolicy");
    assertThat(then.notices()).extracting(Notice::reason).containsExactly("PodFailurePolicy");
  }

  @Test
  void aDisruptionIsNoFailure() {
    Pod disrupted = failed(0, 137);
    disrupted
        .getStatus()
        .setConditions(
            List.of(
                new io.fabric8.kubernetes.api.model.PodConditionBuilder()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .build()));
    pods.add(disrupted);
    JobPlan plan = plan();

    assertThat(plan.status().getFailed()).isNull();
    assertThat(plan.create()).containsExactly(0, 1);
  }

  @Test
  void aJobWithAFailedIndexFailsWhenTheOthersAreThrough() {
    pods.add(failed(0, 3));
    pods.add(succeeded(1));
    pods.add(succeeded(2));
    JobPlan plan = plan();

    assertThat(conditions(plan))
        .containsExactly("FailureTarget FailedIndexes", "Failed FailedIndexes");
    assertThat(plan.status().getCompletedIndexes()).isEqualTo("1,2");
  }

  @Test
  void aPodThatIsEndingKeepsItsPlaceUntilItHasEnded() {
    Pod ending = running(0);
    ending.getMetadata().setDeletionTimestamp("2027-03-01T08:59:59Z");
    pods.add(ending);
    JobPlan plan = plan();

    assertThat(plan.create()).containsExactly(1);
    assertThat(plan.status().getTerminating()).isEqualTo(1);
  }

  @Test
  void aSuspendedJobEndsItsPodsAndCountsThemForNothing() {
    pods.add(running(0));
    plan();
    job.getSpec().setSuspend(true);
    JobPlan plan = plan();

    assertThat(plan.delete()).extracting(JobPod::index).containsExactly(0);
    assertThat(plan.release()).extracting(JobPod::index).containsExactly(0);
    assertThat(conditions(plan)).containsExactly("Suspended JobSuspended");
    assertThat(plan.status().getActive()).isNull();
    assertThat(plan.status().getFailed()).isNull();
    assertThat(plan.status().getStartTime()).isNull();
    assertThat(plan.notices()).extracting(Notice::reason).containsExactly("Suspended");
  }

  @Test
  void aResumedJobBeginsAnew() {
    job.getSpec().setSuspend(true);
    plan();
    job.getSpec().setSuspend(false);
    now = NOW.plusSeconds(3600);
    JobPlan plan = plan();

    assertThat(plan.status().getStartTime()).isEqualTo("2027-03-01T10:00:00Z");
    assertThat(plan.status().getConditions().get(0).getStatus()).isEqualTo("False");
    assertThat(plan.status().getConditions().get(0).getReason()).isEqualTo("JobResumed");
    assertThat(plan.create()).containsExactly(0, 1);
  }

  @Test
  void aJobThatRunsTooLongFails() {
    job.getSpec().setActiveDeadlineSeconds(60L);
    pods.add(running(0));
    pods.add(running(1));

    assertThat(plan().again()).isEqualTo(Duration.ofSeconds(60));

    now = NOW.plusSeconds(60);
    JobPlan plan = plan();

    assertThat(conditions(plan)).containsExactly("FailureTarget DeadlineExceeded");
    assertThat(plan.delete()).hasSize(2);
  }

  @Test
  void aJobWithoutIndexesIsTriedAgainUntilItsLimit() {
    job = job(PLAIN);

    assertThat(plan().create()).containsExactly(JobPod.NO_INDEX);

    pods.add(failed(JobPod.NO_INDEX, 1));

    assertThat(plan().create()).as("while it backs off").isEmpty();

    now = NOW.plusSeconds(10);

    assertThat(plan().create()).containsExactly(JobPod.NO_INDEX);

    pods.add(failed(JobPod.NO_INDEX, 1));
    JobPlan plan = plan();

    assertThat(conditions(plan))
        .containsExactly("FailureTarget BackoffLimitExceeded", "Failed BackoffLimitExceeded");
    assertThat(plan.status().getFailed()).isEqualTo(2);
  }

  @Test
  void aFinishedJobStaysAsItIs() {
    job = job(PLAIN);
    pods.add(succeeded(JobPod.NO_INDEX));
    plan();
    now = NOW.plusSeconds(60);
    JobPlan plan = plan();

    assertThat(plan.status()).isEqualTo(job.getStatus());
    assertThat(plan.create()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "20, 640"})
  void theBackOffDoubles(int failures, int seconds) {
    JobMemory failed = JobMemory.EMPTY;
    for (int i = 0; i < failures; i++) {
      failed = failed.withFailure(0, NOW);
    }

    assertThat(failed.wait(0, BACK_OFF, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  private JobPlan plan() {
    JobPlan plan =
        JobPlanner.plan(job, pods.stream().map(JobPod::new).toList(), memory, now, BACK_OFF);
    job.setStatus(plan.status());
    memory = plan.memory();
    return plan;
  }

  private static List<String> conditions(JobPlan plan) {
    return plan.status().getConditions().stream()
        .map(condition -> condition.getType() + " " + condition.getReason())
        .toList();
  }

  private static Job job(String yaml) {
    return Serialization.unmarshal("apiVersion: batch/v1\nkind: Job\n" + yaml, Job.class);
  }

  private Pod running(int index) {
    return pod(index, "phase: Running");
  }

  private Pod succeeded(int index) {
    return pod(index, "phase: Succeeded");
  }

  private Pod failed(int index, int exitCode) {
    return pod(
        index,
        "phase: Failed\ncontainerStatuses: [{name: worker, state: {terminated: {exitCode: "
            + exitCode
            + ", finishedAt: \"2027-03-01T09:00:00Z\"}}}]");
  }

  private Pod pod(int index, String status) {
    String name = "send-" + index + "-" + pods.size();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("shop")
            .withUid(name)
            .addToFinalizers(JobPod.FINALIZER)
            .endMetadata()
            .withStatus(
                Serialization.unmarshal(status, io.fabric8.kubernetes.api.model.PodStatus.class))
            .build();
    if (index >= 0) {
      pod.getMetadata().getAnnotations().put(JobPod.INDEX, "" + index);
    }
    return pod;
  }
}
