package dev.lettershop.diagnostic;

/** Names a resource within one namespace, as {@code Kind/name}. */
public record ResourceRef(String kind, String name) {
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
