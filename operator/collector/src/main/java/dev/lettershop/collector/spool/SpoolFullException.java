package dev.lettershop.collector.spool;

/** Nothing was kept: the request must be refused. */
public final class SpoolFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SpoolFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
