package dev.lettershop.delivery.policy;

/**
 * Why nothing goes out at the moment.
 *
 * @param reason one word in CamelCase
 * @param message in a sentence; names no person
 */
public record PauseReason(String reason, String message) {
  /** The relay fails or refuses everything; it is tried again now and then. */
  public static final String RELAY_FAILING = "RelayFailing";

  /** Whoever is left is due later: by local time, quiet hours, or after a temporary failure. */
  public static final String WAITING = "WaitingForDueTime";
}
