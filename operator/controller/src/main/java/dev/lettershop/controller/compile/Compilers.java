package dev.lettershop.controller.compile;

import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One plan compiler a namespace, made anew when something that campaigns share has changed there.
 * What has not changed is not compiled again. Thread-safe.
 */
public final class Compilers {
  private final ClusterCache cache;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  public Compilers(ClusterCache cache) {
    this.cache = cache;
  }

  /**
   * To be told when a store, source, segment, model, template, transport or collector of a
   * namespace changed.
   */
  public void changed(String namespace) {
    Slot slot = slot(namespace);
    slot.version.incrementAndGet();
    slot.stale = true;
  }

  /** Counts the changes in a namespace: as long as it is the same, so are the results. */
  public long version(String namespace) {
    return slot(namespace).version.get();
  }

  /** Compiles with what the cache shows now. One at a time in each namespace. */
  public <R> R with(String namespace, Function<PlanCompiler, R> work) {
    Slot slot = slot(namespace);
    synchronized (slot) {
      if (slot.stale) {
        // Before the cache is read: what changes meanwhile makes it stale again.
        slot.stale = false;
        try {
          slot.compiler = new PlanCompiler(resources(namespace), slot.compiler);
        } catch (RuntimeException | Error e) {
          slot.stale = true;
          throw e;
        }
      }
      try {
        return work.apply(slot.compiler);
      } catch (Error e) {
        // It may have been left half done.
        slot.stale = true;
        slot.compiler = null;
        throw e;
      }
    }
  }

  private Slot slot(String namespace) {
    return slots.computeIfAbsent(namespace, key -> new Slot());
  }

  private ResourceSet resources(String namespace) {
    ResourceSet.Builder builder = ResourceSet.builder().namespace(namespace);
    cache.stores().in(namespace).forEach(put(builder));
    cache.sources().in(namespace).forEach(put(builder));
    cache.segments().in(namespace).forEach(put(builder));
    cache.models().in(namespace).forEach(put(builder));
    cache.templates().in(namespace).forEach(put(builder));
    cache.transports().in(namespace).forEach(put(builder));
    cache.collectors().in(namespace).forEach(put(builder));
    return builder.build();
  }

  private static java.util.function.Consumer<HasMetadata> put(ResourceSet.Builder builder) {
    return object -> {
      if (OwnershipLabels.unreadable(object) == null) {
        builder.put(object);
      } else {
        builder.malformed(new ResourceRef(object.getKind(), object.getMetadata().getName()));
      }
    };
  }

  private static final class Slot {
    private final AtomicLong version = new AtomicLong();
    private volatile boolean stale = true;
    private PlanCompiler compiler;
  }
}
