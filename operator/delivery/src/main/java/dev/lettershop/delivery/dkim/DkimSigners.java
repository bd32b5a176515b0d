package dev.lettershop.delivery.dkim;

import dev.lettershop.encoding.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * All who sign a message. Header and body are brought into canonical form once and the body is
 * hashed once, however many sign. The same message, keys and time give the same fields.
 * Thread-safe.
 */
public final class DkimSigners {
  /** Nobody signs. */
  public static final DkimSigners NONE = new DkimSigners(List.of());

  private static final byte[] NOTHING = {};

  private final List<DkimSigner> signers;

  public DkimSigners(List<DkimSigner> signers) {
    this.signers = List.copyOf(signers);
  }

  /**
   * The DKIM-Signature fields to be put in front of a message.
   *
   * @param content the whole message with CRLF line ends
   * @param time when it is signed; fractions of a second are dropped
   * @return whole fields, each ending in CRLF; empty when nobody signs
   */
  public byte[] sign(byte[] content, Instant time) {
    if (signers.isEmpty()) {
      return NOTHING;
    }
    RelaxedHeader header = new RelaxedHeader(content);
    SignedFields fields = SignedFields.of(header);
    MessageDigest sha256 = Sha256.digest();
    RelaxedBody.digest(content, header.bodyStart(), sha256);
    byte[] bodyHash = sha256.digest();
    ByteArrayOutputStream signatures = new ByteArrayOutputStream(1024);
    for (DkimSigner signer : signers) {
      signatures.writeBytes(signer.field(fields, bodyHash, time.getEpochSecond(), sha256));
    }
    return signatures.toByteArray();
  }
}
