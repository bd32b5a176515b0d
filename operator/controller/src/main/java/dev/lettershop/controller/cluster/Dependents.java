package dev.lettershop.controller.cluster;

import dev.lettershop.diagnostic.ResourceRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who depends on whom, within namespaces: an index from each resource to those that were made from
 * it. Thread-safe.
 */
public final class Dependents {
  private record Place(String namespace, ResourceRef resource) {}

  private final Map<Place, Set<ResourceRef>> dependents = new HashMap<>();
  private final Map<Place, Set<ResourceRef>> references = new HashMap<>();

  /** Stands for all sources of a store together: what depends on it is to look at all of them. */
  public static ResourceRef sourcesOf(String store) {
    return new ResourceRef("ProfileSource", "of " + store);
  }

  /** Notes what a resource depends on now, in place of what it depended on before. */
  public synchronized void note(String namespace, ResourceRef dependent, Set<ResourceRef> on) {
    forget(namespace, dependent);
    references.put(new Place(namespace, dependent), Set.copyOf(on));
    on.forEach(
        reference ->
            dependents
                .computeIfAbsent(new Place(namespace, reference), key -> new HashSet<>())
                .add(dependent));
  }

  /** Notes that a resource is gone. Who depends on it still does. */
  public synchronized void forget(String namespace, ResourceRef dependent) {
    Set<ResourceRef> before = references.remove(new Place(namespace, dependent));
    if (before != null) {
      before.forEach(
          reference -> {
            Place place = new Place(namespace, reference);
            dependents.get(place).remove(dependent);
            if (dependents.get(place).isEmpty()) {
              dependents.remove(place);
            }
          });
    }
  }

  /** Those that depend on a resource, whether it exists or not. */
  public synchronized Set<ResourceRef> of(String namespace, ResourceRef resource) {
    return Set.copyOf(dependents.getOrDefault(new Place(namespace, resource), Set.of()));
  }
}
