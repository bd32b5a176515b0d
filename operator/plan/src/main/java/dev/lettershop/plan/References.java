package dev.lettershop.plan;

import dev.lettershop.diagnostic.ResourceRef;
import java.util.Set;

/**
 * What a compilation looked at: when one of these changes, it is to be done again.
 *
 * @param all resources that were named, directly or through others, whether they exist or not
 * @param missing those of them that do not exist
 */
public record References(Set<ResourceRef> all, Set<ResourceRef> missing) {
  public References {
    all = Set.copyOf(all);
    missing = Set.copyOf(missing);
  }
}
