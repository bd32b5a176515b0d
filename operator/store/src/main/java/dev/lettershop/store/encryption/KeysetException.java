package dev.lettershop.store.encryption;

/** Keys that cannot be used, or that something cannot be read with. Holds neither. */
public final class KeysetException extends RuntimeException {
  public KeysetException(String message) {
    super(message);
  }

  public KeysetException(String message, Throwable cause) {
    super(message, cause);
  }
}
