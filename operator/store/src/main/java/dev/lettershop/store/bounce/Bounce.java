package dev.lettershop.store.bounce;

/**
 * What came back from one delivery.
 *
 * @param addressCheck the first four bytes of the hash of the address that was mailed, or null when
 *     they are not known; then the profile's present address is meant
 * @param reportedAddress the address that the message speaks of, or null; counts only when it
 *     passes the check
 * @param code reply or status code without text, such as {@code 5.1.1}, or null
 */
public record Bounce(
    long runId,
    long profileId,
    Integer addressCheck,
    String reportedAddress,
    BounceKind kind,
    String code) {

  /** Says nothing about whose bounce it is, so that it may end in a log. */
  @Override
  public String toString() {
    return "Bounce[" + kind + ", " + code + "]";
  }
}
