package dev.lettershop.controller.access;

import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.WatchedObjects;
import dev.lettershop.controller.workload.BouncesWorkload;
import dev.lettershop.controller.workload.CollectorAccess;
import dev.lettershop.controller.workload.RetentionWorkload;
import dev.lettershop.controller.workload.WorkerAccess;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the workers' account and its rights in each namespace as long as something there uses them.
 * They belong to no resource, so that no reconciler of one is the right place for this.
 */
public final class NamespaceAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceAccess.class);
  private static final long FIRST_RETRY_MILLIS = 1_000;
  private static final long LAST_RETRY_MILLIS = 60_000;

  private final ClusterCache cache;
  private final Applier applier;
  private final Remover remover;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "namespace-access");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<String> waiting = new HashSet<>();
  private final Map<String, Long> retries = new HashMap<>();
  private volatile boolean active;

  public NamespaceAccess(ClusterCache cache, Applier applier, Remover remover) {
    this.cache = cache;
    this.applier = applier;
    this.remover = remover;
    listen(cache.campaigns());
    listen(cache.runs());
    listen(cache.sources());
    listen(cache.segments());
    listen(cache.models());
    listen(cache.transports());
    listen(cache.stores());
    listen(cache.collectors());
    listen(cache.serviceAccounts());
    listen(cache.roles());
    listen(cache.roleBindings());
  }

  private void listen(WatchedObjects<? extends HasMetadata> kind) {
    kind.onChange(
        (before, after) -> check((after == null ? before : after).getMetadata().getNamespace()));
  }

  /** Begins to act; until then changes are only seen. */
  public void start() {
    active = true;
    Set<String> namespaces = new HashSet<>();
    for (WatchedObjects<? extends HasMetadata> kind :
        List.of(
            cache.campaigns(),
            cache.runs(),
            cache.sources(),
            cache.segments(),
            cache.models(),
            cache.transports(),
            cache.stores(),
            cache.collectors(),
            cache.serviceAccounts(),
            cache.roles(),
            cache.roleBindings())) {
      kind.all().forEach(object -> namespaces.add(object.getMetadata().getNamespace()));
    }
    namespaces.forEach(this::check);
  }

  private void check(String namespace) {
    if (!active) {
      return;
    }
    synchronized (waiting) {
      if (!waiting.add(namespace)) {
        return;
      }
    }
    worker.execute(() -> settle(namespace));
  }

  private void settle(String namespace) {
    synchronized (waiting) {
      waiting.remove(namespace);
    }
    try {
      settle(isUsed(namespace), WorkerAccess.of(namespace));
      settle(!cache.collectors().in(namespace).isEmpty(), CollectorAccess.of(namespace));
      retries.remove(namespace);
    } catch (RuntimeException e) {
      long delay =
          retries.merge(
              namespace, FIRST_RETRY_MILLIS, (a, b) -> Math.min(a * 2, LAST_RETRY_MILLIS));
      LOG.warn(
          "The workers' rights in namespace {} could not be settled, trying again in {} ms: {}",
          namespace,
          delay,
          e.getMessage());
      worker.schedule(() -> settle(namespace), delay, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isUsed(String namespace) {
    return !cache.campaigns().in(namespace).isEmpty()
        || !cache.runs().in(namespace).isEmpty()
        || cache.sources().in(namespace).stream()
            .anyMatch(source -> source.getSpec() != null && source.getSpec().schedule() != null)
        || cache.segments().in(namespace).stream()
            .anyMatch(segment -> segment.getSpec() != null && segment.getSpec().refresh() != null)
        || cache.models().in(namespace).stream()
            .anyMatch(model -> model.getSpec() != null && model.getSpec().refresh() != null)
        || cache.transports().in(namespace).stream().anyMatch(BouncesWorkload::readsBounces)
        || cache.stores().in(namespace).stream().anyMatch(RetentionWorkload::forgets);
  }

  private void settle(boolean used, List<HasMetadata> access) {
    if (used) {
      ensure(access);
    } else {
      access.forEach(made -> present(made).ifPresent(remover::remove));
    }
  }

  private void ensure(List<HasMetadata> access) {
    for (HasMetadata desired : access) {
      if (applier.apply(desired, present(desired)) instanceof Applied.Conflict) {
        LOG.warn(
            "{} {} in namespace {} is not ours and is left as it is; workers may lack rights",
            desired.getKind(),
            desired.getMetadata().getName(),
            desired.getMetadata().getNamespace());
      }
    }
  }

  private Optional<? extends HasMetadata> present(HasMetadata desired) {
    String namespace = desired.getMetadata().getNamespace();
    String name = desired.getMetadata().getName();
    if (desired instanceof ServiceAccount) {
      return cache.serviceAccounts().get(namespace, name);
    } else if (desired instanceof Role) {
      return cache.roles().get(namespace, name);
    } else if (desired instanceof RoleBinding) {
      return cache.roleBindings().get(namespace, name);
    }
    throw new IllegalArgumentException("Workers have no " + desired.getKind());
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
