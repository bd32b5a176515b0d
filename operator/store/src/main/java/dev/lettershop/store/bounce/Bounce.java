package dev.lettershop.store.bounce;

import dev.lettershop.store.address.EmailKey;
import java.nio.ByteBuffer;

/**
 * What came back from one delivery.
 *
 * @param addressCheck the first four bytes of the hash of the address that was mailed, or null when
 *     they are not known; then the profile's present address is meant
 * @param reportedAddress the address that the message speaks of, or null; counts only when it
 *     passes the check
 * @param code reply or status code without text, such as {@code 5.1.1}, or null
 * @param diagnostic fingerprint of the refusing server's words, the same for all whom it refuses
 *     so; null when there were none
 */
public record Bounce(
    long runId,
    long profileId,
    Integer addressCheck,
    String reportedAddress,
    BounceKind kind,
    String code,
    String diagnostic) {

  /** Without a server's words. */
  public Bounce(
      long runId,
      long profileId,
      Integer addressCheck,
      String reportedAddress,
      BounceKind kind,
      String code) {
    this(runId, profileId, addressCheck, reportedAddress, kind, code, null);
  }

  /** Of an address that is known, such as one that a relay refused. */
  public static Bounce of(
      long runId, long profileId, String address, BounceKind kind, String code, String diagnostic) {
    Integer check =
        EmailKey.of(address).map(key -> ByteBuffer.wrap(EmailKey.hash(key)).getInt()).orElse(null);
    return new Bounce(runId, profileId, check, address, kind, code, diagnostic);
  }

  /** Says nothing about whose bounce it is, so that it may end in a log. */
  @Override
  public String toString() {
    return "Bounce[" + kind + ", " + code + "]";
  }
}
