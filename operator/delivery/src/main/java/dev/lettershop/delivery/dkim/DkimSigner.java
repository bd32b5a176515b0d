package dev.lettershop.delivery.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** Signs in the name of one domain with one key. Thread-safe. */
public final class DkimSigner {
  /** RFC 5322 section 2.1.1: what a line should not exceed, without its CRLF. */
  private static final int LINE = 78;

  private final String domain;
  private final String selector;
  private final DkimAlgorithm algorithm;
  private final PrivateKey key;
  private final SigningProvider provider;

  /**
   * @param domain that takes responsibility ({@code d=}), in A-labels
   * @param selector of its key ({@code s=})
   * @throws InvalidDkimKeyException when the key cannot sign
   */
  public DkimSigner(String domain, String selector, DkimPrivateKey key, SigningProvider provider)
      throws InvalidDkimKeyException {
    this.domain = domain;
    this.selector = selector;
    this.algorithm = key.algorithm();
    this.provider = provider;
    try {
      this.key = provider.own(algorithm, key.key());
      provider.sign(algorithm, this.key, new byte[32]);
    } catch (GeneralSecurityException e) {
      throw new InvalidDkimKeyException("cannot sign: its parts do not belong together", e);
    }
  }

  /**
   * The DKIM-Signature field of one message, ending in CRLF.
   *
   * @param bodyHash SHA-256 of the canonical body
   * @param epochSecond when it is signed
   * @param sha256 of this thread
   */
  byte[] field(SignedFields fields, byte[] bodyHash, long epochSecond, MessageDigest sha256) {
    String unsigned =
        "DKIM-Signature: v=1; a="
            + algorithm.tag()
            + "; c=relaxed/relaxed; t="
            + epochSecond
            + ";\r\n d="
            + domain
            + ";\r\n s="
            + selector
            + ";\r\n "
            + names(fields)
            + ";\r\n bh="
            + Base64.getEncoder().encodeToString(bodyHash)
            + ";\r\n b=";
    byte[] own = RelaxedHeader.canonical(unsigned.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream data = new ByteArrayOutputStream(fields.canonical().length + own.length);
    data.writeBytes(fields.canonical());
    // RFC 6376 section 3.7: without the CRLF at its end.
    data.writeBytes(Arrays.copyOf(own, own.length - 2));
    return (unsigned + folded(sign(data.toByteArray(), sha256)) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] sign(byte[] data, MessageDigest sha256) {
    try {
      byte[] input = algorithm == DkimAlgorithm.Ed25519Sha256 ? sha256.digest(data) : data;
      return provider.sign(algorithm, key, input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "A DKIM key that could sign cannot any more: selector " + selector, e);
    }
  }

  private static String names(SignedFields fields) {
    StringBuilder names = new StringBuilder("h=");
    int column = 3;
    String separator = "";
    for (String name : fields.names()) {
      names.append(separator);
      column += separator.length();
      if (column + name.length() + 1 > LINE) {
        names.append("\r\n  ");
        column = 2;
      }
      names.append(name);
      column += name.length();
      separator = ":";
    }
    return names.toString();
  }

  private static String folded(byte[] signature) {
    String base64 = Base64.getEncoder().encodeToString(signature);
    StringBuilder folded = new StringBuilder(base64.length() + 24);
    int room = LINE - " b=".length();
    for (int from = 0; from < base64.length(); ) {
      int end = Math.min(base64.length(), from + room);
      folded.append(from == 0 ? "" : "\r\n  ").append(base64, from, end);
      from = end;
      room = LINE - 2;
    }
    return folded.toString();
  }
}
