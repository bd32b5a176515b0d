package dev.lettershop.store.bounce;

/**
 * What came back from an address, where nobody says from which delivery.
 *
 * @param event tells it from every other report; the same when it is reported again
 * @param address as it was reported
 * @param code reply or status code without text, such as {@code 5.1.1}, or null
 * @param diagnostic fingerprint of the server's words, or null
 */
public record AddressBounce(
    String event, String address, BounceKind kind, String code, String diagnostic) {
  /** Says nothing about whose bounce it is, so that it may end in a log. */
  @Override
  public String toString() {
    return "AddressBounce[" + kind + ", " + code + "]";
  }
}
