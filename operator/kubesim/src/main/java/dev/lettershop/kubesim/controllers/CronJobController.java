package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import dev.lettershop.kubesim.controllers.queue.EventRecorder;
import dev.lettershop.kubesim.controllers.queue.Wake;
import dev.lettershop.kubesim.controllers.queue.WorkQueue;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes Jobs when the schedule of a CronJob says so, and removes old ones, as Kubernetes does. What
 * belongs to a CronJob is found by its owner reference, also when it was made by hand.
 */
public final class CronJobController implements AutoCloseable {
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final Clock clock;
  private final EventRecorder events;
  private final WorkQueue<Key> queue;
  private final SharedIndexInformer<CronJob> cronJobs;
  private final SharedIndexInformer<Job> jobs;

  private record Key(String namespace, String name) {}

  /** Starts at once. */
  public CronJobController(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, "cronjob-controller", clock);
    this.queue = new WorkQueue<>("cronjob-controller", 1, this::sync);
    this.jobs = client.batch().v1().jobs().inAnyNamespace().runnableInformer(0);
    this.cronJobs = client.batch().v1().cronjobs().inAnyNamespace().runnableInformer(0);
    jobs.addEventHandler(Wake.on(this::wakeOwner)).run();
    cronJobs.addEventHandler(Wake.on(this::wake)).run();
  }

  /** Looks at all CronJobs now: for clocks that do not go by themselves. */
  public void tick() {
    cronJobs.getStore().list().forEach(this::wake);
  }

  private void wake(CronJob cronJob) {
    queue.add(new Key(cronJob.getMetadata().getNamespace(), cronJob.getMetadata().getName()));
  }

  private void wakeOwner(Job job) {
    owner(job)
        .ifPresent(owner -> queue.add(new Key(job.getMetadata().getNamespace(), owner.getName())));
  }

  private void sync(Key key) {
    CronJob known = cronJobs.getStore().getByKey(key.namespace() + "/" + key.name());
    if (known == null) {
      return;
    }
    // What the caches hold is enough to see that there is nothing to do, which is the rule.
    CronJobPlan guess =
        CronJobPlanner.plan(known, owned(known, jobs.getStore().list()), clock.instant());
    if (isIdle(known, guess)) {
      sleep(key, guess);
      return;
    }
    CronJob cronJob =
        client.batch().v1().cronjobs().inNamespace(key.namespace()).withName(key.name()).get();
    if (cronJob == null) {
      return;
    }
    List<Job> there = client.batch().v1().jobs().inNamespace(key.namespace()).list().getItems();
    CronJobPlan plan = CronJobPlanner.plan(cronJob, owned(cronJob, there), clock.instant());
    carryOut(cronJob, plan);
    sleep(key, plan);
  }

  private static boolean isIdle(CronJob cronJob, CronJobPlan plan) {
    return plan.start() == null
        && plan.delete().isEmpty()
        && plan.notices().isEmpty()
        && status(cronJob, plan, plan.active()).equals(before(cronJob));
  }

  private void carryOut(CronJob cronJob, CronJobPlan plan) {
    for (Job job : plan.delete()) {
      client.resource(job).delete();
      events.normal(cronJob, "SuccessfulDelete", "Deleted job " + job.getMetadata().getName());
    }
    for (Notice notice : plan.notices()) {
      if (notice.warning()) {
        events.warning(cronJob, notice.reason(), notice.message());
      } else {
        events.normal(cronJob, notice.reason(), notice.message());
      }
    }
    List<Job> active = new ArrayList<>(plan.active());
    if (plan.start() != null) {
      start(cronJob, plan.start()).ifPresent(active::add);
    }
    CronJobStatus status = status(cronJob, plan, active);
    if (!status.equals(before(cronJob))) {
      cronJob.setStatus(status);
      client.resource(cronJob).updateStatus();
    }
  }

  private void sleep(Key key, CronJobPlan plan) {
    if (plan.again() != null) {
      // Clocks may be set: nobody sleeps for months.
      Duration delay = plan.again().plusMillis(1);
      queue.addAfter(key, delay.compareTo(LONGEST_SLEEP) < 0 ? delay : LONGEST_SLEEP);
    }
  }

  private static List<Job> owned(CronJob cronJob, List<Job> jobs) {
    return jobs.stream().filter(job -> isOf(cronJob, job)).toList();
  }

  private Optional<Job> start(CronJob cronJob, Instant time) {
    Job job = job(cronJob, time);
    try {
      Job made = client.resource(job).create();
      events.normal(cronJob, "SuccessfulCreate", "Created job " + job.getMetadata().getName());
      return Optional.of(made);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        events.warning(
            cronJob,
            "FailedCreate",
            "Error creating job: "
                + (e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage()));
        throw e;
      }
      Job there = client.resource(job).get();
      return Optional.ofNullable(there).filter(one -> isOf(cronJob, one));
    }
  }

  /** The Job for a time on the schedule. */
  static Job job(CronJob cronJob, Instant time) {
    ObjectMeta template = cronJob.getSpec().getJobTemplate().getMetadata();
    String zone = cronJob.getSpec().getTimeZone();
    String scheduled =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            time.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.of(zone == null ? "UTC" : zone)));
    long minutes = Duration.between(Instant.EPOCH, time).toMinutes();
    return new JobBuilder()
        .withNewMetadata()
        .withName(cronJob.getMetadata().getName() + "-" + minutes)
        .withNamespace(cronJob.getMetadata().getNamespace())
        .withLabels(template == null ? null : template.getLabels())
        .withAnnotations(template == null ? null : template.getAnnotations())
        .addToAnnotations("batch.kubernetes.io/cronjob-scheduled-timestamp", scheduled)
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("CronJob")
        .withName(cronJob.getMetadata().getName())
        .withUid(cronJob.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
        .build();
  }

  private static CronJobStatus before(CronJob cronJob) {
    return cronJob.getStatus() == null ? new CronJobStatus() : cronJob.getStatus();
  }

  private static CronJobStatus status(CronJob cronJob, CronJobPlan plan, List<Job> active) {
    CronJobStatusBuilder status =
        new CronJobStatusBuilder(before(cronJob))
            .withActive(List.of())
            .withLastSuccessfulTime(plan.lastSuccess());
    for (Job job : active) {
      status.addToActive(
          new ObjectReferenceBuilder()
              .withApiVersion("batch/v1")
              .withKind("Job")
              .withNamespace(job.getMetadata().getNamespace())
              .withName(job.getMetadata().getName())
              .withUid(job.getMetadata().getUid())
              .build());
    }
    if (plan.start() != null) {
      status.withLastScheduleTime(Times.text(plan.start()));
    }
    return status.build();
  }

  private static boolean isOf(CronJob cronJob, Job job) {
    return owner(job)
        .filter(owner -> owner.getUid().equals(cronJob.getMetadata().getUid()))
        .isPresent();
  }

  private static Optional<OwnerReference> owner(Job job) {
    return job.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind().equals("CronJob"))
        .findFirst();
  }

  @Override
  public void close() {
    cronJobs.close();
    jobs.close();
    queue.close();
  }
}
