package dev.lettershop.controller.compile;

import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.cluster.WatchedObjects;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

  /**
   * Compiles with what the cache shows now. One at a time in each namespace.
   *
   * @param self what is compiled. The cache shows a change before it tells of it, so a reconciler
   *     can know its own resource before this does.
   */
  public <R> R with(HasMetadata self, Function<PlanCompiler, R> work) {
    String namespace = self.getMetadata().getNamespace();
    Slot slot = slot(namespace);
    synchronized (slot) {
      if (slot.stale || !slot.knows(self)) {
        // Before the cache is read: what changes meanwhile makes it stale again.
        slot.stale = false;
        try {
          slot.compiler = new PlanCompiler(resources(namespace, slot), slot.compiler);
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

  private ResourceSet resources(String namespace, Slot slot) {
    ResourceSet.Builder builder = ResourceSet.builder().namespace(namespace);
    slot.generations.clear();
    put(cache.stores(), namespace, builder, slot);
    put(cache.sources(), namespace, builder, slot);
    put(cache.segments(), namespace, builder, slot);
    put(cache.models(), namespace, builder, slot);
    put(cache.templates(), namespace, builder, slot);
    put(cache.transports(), namespace, builder, slot);
    put(cache.collectors(), namespace, builder, slot);
    return builder.build();
  }

  private static void put(
      WatchedObjects<?> kind, String namespace, ResourceSet.Builder builder, Slot slot) {
    slot.kinds.add(kind.kind());
    for (HasMetadata object : kind.in(namespace)) {
      ResourceRef ref = ref(object);
      slot.generations.put(ref, generation(object));
      if (OwnershipLabels.unreadable(object) == null) {
        builder.put(object);
      } else {
        builder.malformed(ref);
      }
    }
  }

  private static ResourceRef ref(HasMetadata object) {
    return new ResourceRef(object.getKind(), object.getMetadata().getName());
  }

  private static String generation(HasMetadata object) {
    return object.getMetadata().getUid() + "/" + object.getMetadata().getGeneration();
  }

  private static final class Slot {
    private final AtomicLong version = new AtomicLong();
    private final Set<String> kinds = new HashSet<>();
    private final Map<ResourceRef, String> generations = new HashMap<>();
    private volatile boolean stale = true;
    private PlanCompiler compiler;

    /** Whether the compiler was made with this resource as it is, if it is made with its kind. */
    private boolean knows(HasMetadata self) {
      return !kinds.contains(self.getKind()) || generation(self).equals(generations.get(ref(self)));
    }
  }
}
