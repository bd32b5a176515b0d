package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.queue.EventRecorder;
import dev.lettershop.kubesim.controllers.queue.Wake;
import dev.lettershop.kubesim.controllers.queue.WorkQueue;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Keeps the Pods of Deployments: as many as there should be, of the newest template. New ones start
 * beside the old ones, which go when all new ones are ready. Does without ReplicaSets. A Pod that
 * ended is replaced, after a pause that grows: there is no kubelet that would start its container
 * again.
 */
public final class DeploymentController implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final Clock clock;
  private final RandomGenerator random;
  private final EventRecorder events;
  private final WorkQueue<Key> queue;
  private final List<SharedIndexInformer<?>> informers;
  private final Map<String, Integer> ends = new ConcurrentHashMap<>();

  private record Key(String namespace, String name) {}

  /**
   * Starts at once.
   *
   * @param random for names of Pods
   */
  public DeploymentController(KubernetesClient client, Clock clock, RandomGenerator random) {
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.events = new EventRecorder(client, "deployment-controller", clock);
    this.queue = new WorkQueue<>("deployment-controller", 1, this::sync);
    this.informers =
        List.of(
            client
                .apps()
                .deployments()
                .inAnyNamespace()
                .inform(Wake.on(d -> wake(d.getMetadata().getNamespace(), name(d)))),
            client.pods().inAnyNamespace().inform(Wake.on(this::wakeOwner)));
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  private void wake(String namespace, String deployment) {
    queue.add(new Key(namespace, deployment));
  }

  private void wakeOwner(Pod pod) {
    owner(pod).ifPresent(owner -> wake(pod.getMetadata().getNamespace(), owner.getName()));
  }

  private static Optional<OwnerReference> owner(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind().equals("Deployment"))
        .findFirst();
  }

  private void sync(Key key) {
    Deployment deployment =
        client.apps().deployments().inNamespace(key.namespace()).withName(key.name()).get();
    if (deployment == null || deployment.isMarkedForDeletion()) {
      return;
    }
    String uid = deployment.getMetadata().getUid();
    List<Pod> pods =
        client.pods().inNamespace(key.namespace()).list().getItems().stream()
            .filter(pod -> owner(pod).filter(owner -> owner.getUid().equals(uid)).isPresent())
            .filter(pod -> !pod.isMarkedForDeletion())
            .toList();
    DeploymentPlan plan = DeploymentPlanner.plan(deployment, pods);
    if (!plan.status().equals(deployment.getStatus())) {
      deployment.setStatus(plan.status());
      client.resource(deployment).updateStatus();
    }
    if (plan.status().getReadyReplicas() != null && plan.ended().isEmpty()) {
      ends.remove(uid);
    }
    plan.surplus().forEach(pod -> client.resource(pod).delete());
    for (Pod ended : plan.ended()) {
      replaceLater(key, uid, ended);
    }
    for (int i = 0; i < plan.missing(); i++) {
      Pod pod = DeploymentPlanner.pod(deployment, random);
      client.resource(pod).create();
      events.normal(deployment, "SuccessfulCreate", "Created pod: " + pod.getMetadata().getName());
    }
  }

  /** The Pod stays, ended, until the pause is over; then its place is empty and is filled. */
  private void replaceLater(Key key, String uid, Pod ended) {
    String finished =
        ended.getStatus().getContainerStatuses().stream()
            .map(container -> container.getState())
            .filter(state -> state != null && state.getTerminated() != null)
            .map(state -> state.getTerminated().getFinishedAt())
            .findFirst()
            .orElse(ended.getMetadata().getCreationTimestamp());
    int times = ends.getOrDefault(uid, 0);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times, 6));
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    Duration left = Duration.between(clock.instant(), Instant.parse(finished).plus(pause));
    if (left.isNegative() || left.isZero()) {
      ends.merge(uid, 1, Integer::sum);
      client.resource(ended).delete();
      queue.add(key);
    } else {
      queue.addAfter(key, left);
    }
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    queue.close();
  }
}
