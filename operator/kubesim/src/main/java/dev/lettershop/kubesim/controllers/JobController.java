package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import dev.lettershop.kubesim.controllers.queue.EventRecorder;
import dev.lettershop.kubesim.controllers.queue.Wake;
import dev.lettershop.kubesim.controllers.queue.WorkQueue;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Runs Jobs as Kubernetes does: makes their Pods, counts how they end, tries again, gives up, and
 * says so in the status. Watches tell when to look; what is there is asked of the API server each
 * time, so that nothing is decided on what is no longer so.
 */
public final class JobController implements AutoCloseable {
  /** How long Kubernetes waits after the first failure of a Pod. */
  public static final Duration BACK_OFF = Duration.ofSeconds(10);

  private static final String JOB_UID = "batch.kubernetes.io/controller-uid";

  private final KubernetesClient client;
  private final Clock clock;
  private final Duration backOff;
  private final RandomGenerator random;
  private final EventRecorder events;
  private final WorkQueue<Key> queue;
  private final Map<String, JobMemory> memories = new ConcurrentHashMap<>();
  private final List<SharedIndexInformer<?>> informers;

  private record Key(String namespace, String name) {}

  /**
   * Starts at once.
   *
   * @param backOff how long to wait after the first failure; doubled with each one more
   * @param random for names of Pods
   */
  public JobController(
      KubernetesClient client, Clock clock, Duration backOff, RandomGenerator random) {
    this.client = client;
    this.clock = clock;
    this.backOff = backOff;
    this.random = random;
    this.events = new EventRecorder(client, "job-controller", clock);
    this.queue = new WorkQueue<>("job-controller", 2, this::sync);
    this.informers =
        List.of(
            client.batch().v1().jobs().inAnyNamespace().inform(Wake.on(this::wakeJob)),
            client.pods().inAnyNamespace().inform(Wake.on(this::wakeJobOf)));
  }

  private void wakeJob(Job job) {
    queue.add(new Key(job.getMetadata().getNamespace(), job.getMetadata().getName()));
  }

  private void wakeJobOf(Pod pod) {
    String job =
        controller(pod)
            .map(OwnerReference::getName)
            .orElseGet(() -> label(pod, "batch.kubernetes.io/job-name"));
    if (job != null) {
      queue.add(new Key(pod.getMetadata().getNamespace(), job));
    }
  }

  private void sync(Key key) {
    Job job = client.batch().v1().jobs().inNamespace(key.namespace()).withName(key.name()).get();
    List<JobPod> pods =
        client
            .pods()
            .inNamespace(key.namespace())
            .withLabel("batch.kubernetes.io/job-name", key.name())
            .list()
            .getItems()
            .stream()
            .map(JobPod::new)
            .toList();
    pods.stream().filter(pod -> pod.isTracked() && !isOf(job, pod)).forEach(this::release);
    if (job == null) {
      return;
    }
    String uid = job.getMetadata().getUid();
    JobPlan plan =
        JobPlanner.plan(
            job,
            pods.stream().filter(pod -> isOf(job, pod)).toList(),
            memories.getOrDefault(uid, JobMemory.EMPTY),
            clock.instant(),
            backOff);
    if (!plan.status().equals(job.getStatus())) {
      job.setStatus(plan.status());
      client.resource(job).updateStatus();
    }
    memories.put(uid, plan.memory());
    act(job, plan);
    if (plan.again() != null) {
      queue.addAfter(key, plan.again());
    }
    if (JobConditions.isFinished(plan.status().getConditions()) && plan.release().isEmpty()) {
      memories.remove(uid);
    }
  }

  private void act(Job job, JobPlan plan) {
    for (Notice notice : plan.notices()) {
      if (notice.warning()) {
        events.warning(job, notice.reason(), notice.message());
      } else {
        events.normal(job, notice.reason(), notice.message());
      }
    }
    plan.release().forEach(this::release);
    for (JobPod pod : plan.delete()) {
      client.resource(pod.pod()).delete();
      events.normal(job, "SuccessfulDelete", "Deleted pod: " + pod.name());
    }
    for (int index : plan.create()) {
      create(job, JobPods.pod(job, index, plan.memory().failures(index), random));
    }
  }

  private void create(Job job, Pod pod) {
    try {
      client.resource(pod).create();
      events.normal(job, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
    } catch (KubernetesClientException e) {
      events.warning(job, "FailedCreate", "Error creating: " + message(e));
      throw e;
    }
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
  }

  private void release(JobPod pod) {
    try {
      client
          .pods()
          .inNamespace(pod.pod().getMetadata().getNamespace())
          .withName(pod.name())
          .edit(
              current -> {
                current.getMetadata().getFinalizers().remove(JobPod.FINALIZER);
                return current;
              });
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static boolean isOf(Job job, JobPod pod) {
    return job != null
        && job.getMetadata().getUid().equals(label(pod.pod(), JOB_UID))
        && controller(pod.pod())
            .filter(owner -> owner.getUid().equals(job.getMetadata().getUid()))
            .isPresent();
  }

  private static Optional<OwnerReference> controller(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind().equals("Job"))
        .findFirst();
  }

  private static String label(Pod pod, String label) {
    return pod.getMetadata().getLabels() == null ? null : pod.getMetadata().getLabels().get(label);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    queue.close();
  }
}
