package dev.lettershop.source.sync;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import java.util.Objects;

/**
 * One ProfileSource as the sync needs it.
 *
 * @param name the resource's name; keeps the origin of every profile apart, so it must not change
 */
public record SourceDefinition(String name, ProfileSourceSpec spec) {
  public SourceDefinition {
    Objects.requireNonNull(name);
    Objects.requireNonNull(spec);
  }
}
