package dev.lettershop.store.load;

/** Two syncs read the same source at once, and the other one was faster. Nothing was changed. */
public final class PositionMovedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PositionMovedException(String source) {
    super("Another sync has read the source " + source + " meanwhile");
  }
}
