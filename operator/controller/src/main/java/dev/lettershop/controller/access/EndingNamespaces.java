package dev.lettershop.controller.access;

import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets namespaces go that are deleted while something runs in them. Kubernetes deletes the Pods of
 * a namespace first and waits for them; a Pod of a Job stays until the Job has counted it, and Jobs
 * do not get on in a namespace that ends. So the Jobs are deleted, as they were to be anyway.
 */
public final class EndingNamespaces {
  private static final Logger LOG = LoggerFactory.getLogger(EndingNamespaces.class);

  /** What keeps a Pod from going until its Job has counted it. */
  private static final String TRACKING = "batch.kubernetes.io/job-tracking";

  private static final long RETRY_SECONDS = 30;
  private static final long IDLE_SECONDS = 10;

  private final ClusterCache cache;
  private final Remover remover;
  private final Predicate<String> isEnding;
  private final Set<String> waiting = new HashSet<>();
  private final ScheduledExecutorService worker;

  /**
   * @param cache not started yet
   * @param isEnding whether a namespace is being deleted; asks the API server
   */
  public EndingNamespaces(ClusterCache cache, Remover remover, Predicate<String> isEnding) {
    this.cache = cache;
    this.remover = remover;
    this.isEnding = isEnding;
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "ending-namespaces");
              thread.setDaemon(true);
              return thread;
            });
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    worker = executor;
    cache.pods().onChange(this::podChanged);
  }

  private void podChanged(Pod before, Pod after) {
    if (after != null && isHeld(after) && (before == null || !isHeld(before))) {
      check(after.getMetadata().getNamespace(), 0);
    }
  }

  /** Whether it is to go and waits for its Job. */
  private static boolean isHeld(Pod pod) {
    return pod.isMarkedForDeletion()
        && pod.getFinalizers() != null
        && pod.getFinalizers().contains(TRACKING);
  }

  private void check(String namespace, long delaySeconds) {
    synchronized (waiting) {
      if (!waiting.add(namespace)) {
        return;
      }
    }
    worker.schedule(() -> settle(namespace), delaySeconds, TimeUnit.SECONDS);
  }

  private void settle(String namespace) {
    synchronized (waiting) {
      waiting.remove(namespace);
    }
    try {
      if (isEnding.test(namespace)) {
        cache.jobs().in(namespace).forEach(remover::remove);
      }
    } catch (KubernetesClientException e) {
      LOG.warn(
          "Whether namespace {} ends could not be told, or its Jobs not be deleted: {}",
          namespace,
          e.getMessage());
      if (cache.pods().in(namespace).stream().anyMatch(EndingNamespaces::isHeld)) {
        check(namespace, RETRY_SECONDS);
      }
    }
  }
}
