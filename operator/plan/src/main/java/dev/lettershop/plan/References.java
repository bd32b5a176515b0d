package dev.lettershop.plan;

import dev.lettershop.diagnostic.ResourceRef;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a compilation looked at: when one of these changes, it is to be done again.
 *
 * @param all resources that were named, directly or through others, whether they exist or not
 * @param missing those of them that do not exist
 */
public record References(Set<ResourceRef> all, Set<ResourceRef> missing) {
  private static final String ANY = "*";

  public References {
    all = Set.copyOf(all);
    missing = Set.copyOf(missing);
  }

  /** Those that were named one by one. */
  public Set<ResourceRef> named() {
    return all.stream()
        .filter(ref -> !ref.name().equals(ANY))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Stands for all resources of a kind, also for those that do not exist yet. */
  public static ResourceRef all(String kind) {
    return new ResourceRef(kind, ANY);
  }
}
