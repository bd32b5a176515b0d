package dev.lettershop.store.intake;

/** Another process has worked through the same intake: nothing is changed, and nothing is lost. */
public final class IntakeMovedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IntakeMovedException(String source) {
    super("Another process has worked through the intake of " + source + " meanwhile");
  }
}
