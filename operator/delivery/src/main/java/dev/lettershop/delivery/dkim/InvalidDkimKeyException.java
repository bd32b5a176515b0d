package dev.lettershop.delivery.dkim;

/**
 * What was given is not a key that can sign. The message says why and what to do, and no part of
 * it.
 */
public final class InvalidDkimKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidDkimKeyException(String message) {
    super(message);
  }

  InvalidDkimKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
