package dev.lettershop.kubesim.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronJobPlannerTest {
  private final CronJob cronJob =
      Serialization.unmarshal(
          """
          apiVersion: batch/v1
          kind: CronJob
          metadata:
            name: weekly
            namespace: shop
            uid: cron-1
            creationTimestamp: "2027-03-01T07:30:00Z"
          spec:
            schedule: 0 9 * * MON
            timeZone: Europe/Berlin
            concurrencyPolicy: Forbid
            startingDeadlineSeconds: 3600
            successfulJobsHistoryLimit: 2
            failedJobsHistoryLimit: 1
            jobTemplate:
              metadata: {labels: {team: shop}}
              spec: {template: {spec: {containers: [{name: worker, image: a}]}}}
          """,
          CronJob.class);
  private final List<Job> jobs = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "2027-03-01T07:59:59Z, , 1",
    "2027-03-01T08:00:00Z, 2027-03-01T08:00:00Z, 604800",
    "2027-03-01T08:59:00Z, 2027-03-01T08:00:00Z, 601260",
    "2027-03-01T09:00:01Z, , 601199",
  })
  void aJobIsDueInItsTimeZoneUntilTheDeadline(Instant now, Instant start, long again) {
    CronJobPlan plan = plan(now);

    assertThat(plan.start()).isEqualTo(start);
    assertThat(plan.again()).isEqualTo(Duration.ofSeconds(again));
  }

  @Test
  void aTimeThatWasMissedIsReported() {
    assertThat(plan(Instant.parse("2027-03-01T09:30:00Z")).notices())
        .containsExactly(
            new Notice(
                true,
                "MissSchedule",
                "Missed scheduled time to start a job: Mon, 1 Mar 2027 08:00:00 GMT"));
  }

  @Test
  void onlyTheLatestOfMissedTimesIsServed() {
    cronJob.getSpec().setSchedule("*/10 * * * *");
    cronJob.getSpec().setStartingDeadlineSeconds(null);

    assertThat(plan(Instant.parse("2027-03-01T20:05:00Z")).start())
        .isEqualTo("2027-03-01T20:00:00Z");
  }

  @Test
  void aTimeIsServedOnce() {
    cronJob.setStatus(
        new CronJobStatusBuilder().withLastScheduleTime("2027-03-01T08:00:00Z").build());

    assertThat(plan(Instant.parse("2027-03-01T08:00:05Z")).start()).isNull();
  }

  @Test
  void aScheduleAcrossTheChangeOfTheClocksKeepsItsHour() {
    cronJob.setStatus(
        new CronJobStatusBuilder().withLastScheduleTime("2027-03-22T08:00:00Z").build());

    assertThat(plan(Instant.parse("2027-03-29T07:00:00Z")).start())
        .isEqualTo("2027-03-29T07:00:00Z");
  }

  @Test
  void aSuspendedCronJobStartsNothing() {
    cronJob.getSpec().setSuspend(true);

    assertThat(plan(Instant.parse("2027-03-01T08:00:00Z")).start()).isNull();
  }

  @Test
  void aJobThatStillRunsKeepsTheNextFromStarting() {
    running("weekly-1");
    CronJobPlan plan = plan(Instant.parse("2027-03-01T08:00:00Z"));

    assertThat(plan.start()).isNull();
    assertThat(plan.active()).hasSize(1);
    assertThat(plan.notices()).extracting(Notice::reason).containsExactly("JobAlreadyActive");
  }

  @Test
  void aJobThatStillRunsMayBeReplaced() {
    running("weekly-1");
    cronJob.getSpec().setConcurrencyPolicy("Replace");
    CronJobPlan plan = plan(Instant.parse("2027-03-01T08:00:00Z"));

    assertThat(plan.start()).isEqualTo("2027-03-01T08:00:00Z");
    assertThat(plan.delete())
        .extracting(job -> job.getMetadata().getName())
        .containsExactly("weekly-1");
  }

  @Test
  void aJobMadeByHandKeepsNothingFromStarting() {
    jobs.add(job("by-hand", null));

    assertThat(plan(Instant.parse("2027-03-01T08:00:00Z")).start())
        .isEqualTo("2027-03-01T08:00:00Z");
  }

  @Test
  void oldJobsGoAndTheirSuccessIsRemembered() {
    jobs.add(job("done-1", "Complete"));
    jobs.add(job("done-2", "Complete"));
    jobs.add(job("done-3", "Complete"));
    jobs.add(job("lost-1", "Failed"));
    jobs.add(job("lost-2", "Failed"));
    CronJobPlan plan = plan(Instant.parse("2027-03-01T07:40:00Z"));

    assertThat(plan.delete())
        .extracting(job -> job.getMetadata().getName())
        .containsExactly("done-1", "lost-1");
    assertThat(plan.lastSuccess()).isEqualTo("2027-02-03T08:01:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"every day", "0 9 * * 7", "*/0 * * * *", "@every 1h"})
  void aScheduleThatKubernetesWouldNotTakeIsReported(String schedule) {
    cronJob.getSpec().setSchedule(schedule);
    CronJobPlan plan = plan(Instant.parse("2027-03-01T08:00:00Z"));

    assertThat(plan.start()).isNull();
    assertThat(plan.notices()).extracting(Notice::reason).containsExactly("UnparseableSchedule");
  }

  @ParameterizedTest
  @CsvSource({
    "0 9 * * SUN, 2027-03-07T09:00:00Z",
    "0 9 13 * FRI, 2027-03-05T09:00:00Z",
    "@daily, 2027-03-02T00:00:00Z",
    "30 9-17/4 * MAR *, 2027-03-01T09:30:00Z",
  })
  void schedulesAreReadAsKubernetesReadsThem(String schedule, Instant next) {
    assertThat(CronTimes.of(schedule, null).next(Instant.parse("2027-03-01T08:00:00Z")))
        .contains(next);
  }

  @Test
  void theJobIsNamedAfterTheMinuteAndSaysWhen() {
    Job job = CronJobController.job(cronJob, Instant.parse("2027-03-01T08:00:00Z"));

    assertThat(job.getMetadata().getName()).isEqualTo("weekly-30064800");
    assertThat(job.getMetadata().getLabels()).containsEntry("team", "shop");
    assertThat(job.getMetadata().getAnnotations())
        .containsEntry(
            "batch.kubernetes.io/cronjob-scheduled-timestamp", "2027-03-01T09:00:00+01:00");
  }

  private CronJobPlan plan(Instant now) {
    return CronJobPlanner.plan(cronJob, jobs, now);
  }

  private void running(String name) {
    jobs.add(job(name, null));
    cronJob.setStatus(
        new CronJobStatusBuilder()
            .withActive(new ObjectReferenceBuilder().withUid(name).build())
            .build());
  }

  /** Of the day that its name ends in. */
  private static Job job(String name, String condition) {
    String day = "2027-02-0" + name.charAt(name.length() - 1);
    JobBuilder job =
        new JobBuilder()
            .withNewMetadata()
            .withName(name)
            .withUid(name)
            .endMetadata()
            .withNewStatus()
            .withStartTime(day + "T08:00:00Z")
            .endStatus();
    if (condition != null) {
      job.editStatus()
          .addNewCondition()
          .withType(condition)
          .withStatus("True")
          .endCondition()
          .withCompletionTime(condition.equals("Complete") ? day + "T08:01:00Z" : null)
          .endStatus();
    }
    return job.build();
  }
}
