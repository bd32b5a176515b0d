package dev.lettershop.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.function.Consumer;

/** Keeps objects without what nobody here reads; managed fields alone can be half of an object. */
final class LeanItemStore<T extends HasMetadata> extends BasicItemStore<T> {
  private final Consumer<T> strip;

  /**
   * @param strip removes from an object what is not to be kept
   */
  LeanItemStore(Consumer<T> strip) {
    super(Cache::metaNamespaceKeyFunc);
    this.strip = strip;
  }

  @Override
  public T put(String key, T object) {
    object.getMetadata().setManagedFields(null);
    strip.accept(object);
    return super.put(key, object);
  }
}
