package dev.lettershop.kubesim.controllers.queue;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/**
 * Tells of every change of an object, whatever it was.
 *
 * @param <T> the object's kind
 */
public final class Wake<T> implements ResourceEventHandler<T> {
  private final Consumer<T> wake;

  private Wake(Consumer<T> wake) {
    this.wake = wake;
  }

  /** Hands on the object as it is, or was last. */
  public static <T> Wake<T> on(Consumer<T> wake) {
    return new Wake<>(wake);
  }

  @Override
  public void onAdd(T object) {
    wake.accept(object);
  }

  @Override
  public void onUpdate(T before, T object) {
    wake.accept(object);
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    wake.accept(object);
  }
}
