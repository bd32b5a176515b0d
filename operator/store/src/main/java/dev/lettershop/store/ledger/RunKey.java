package dev.lettershop.store.ledger;

/** The identity of a run. The same key never sends twice. */
public record RunKey(String namespace, String campaign, String name) {
  @Override
  public String toString() {
    return namespace + "/" + campaign + "/" + name;
  }
}
