package dev.lettershop.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Is told of every change of a kind, after the cache shows it. Must be quick and not throw. */
@FunctionalInterface
public interface Change<T extends HasMetadata> {
  /**
   * @param before null when the object is new
   * @param after null when the object is gone
   */
  void happened(T before, T after);
}
