package dev.lettershop.cli.output;

/**
 * The command was called in a way that cannot work; the message says what to change. Exit code 2.
 */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
