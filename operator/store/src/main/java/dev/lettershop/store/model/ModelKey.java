package dev.lettershop.store.model;

import java.util.Objects;

/** A model of a namespace: those of other namespaces on the same store are other models. */
public record ModelKey(String namespace, String name) {
  public ModelKey {
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(name);
  }

  /** How outputs of the model are keyed: {@code namespace/name}. */
  public String text() {
    return namespace + "/" + name;
  }
}
