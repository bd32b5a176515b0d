package dev.lettershop.delivery.dkim;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468).
 *
 * @param label such as {@code PRIVATE KEY}
 */
record PemBlock(String label, byte[] content) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END ([A-Z0-9 ]{1,64})-----", Pattern.DOTALL);

  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String PKCS8 = "PRIVATE KEY";

  /**
   * The private key of a PEM file, whatever else stands in it.
   *
   * @throws InvalidDkimKeyException when there is none that could be used
   */
  static PemBlock privateKey(String pem) throws InvalidDkimKeyException {
    String found = null;
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      String label = blocks.group(1);
      if (label.equals(blocks.group(3)) && (label.equals(PKCS1) || label.equals(PKCS8))) {
        return decoded(label, blocks.group(2));
      }
      found = found == null ? label : found;
    }
    throw new InvalidDkimKeyException(explain(found));
  }

  boolean isPkcs1() {
    return label.equals(PKCS1);
  }

  private static PemBlock decoded(String label, String body) throws InvalidDkimKeyException {
    if (body.contains("ENCRYPTED")) {
      throw new InvalidDkimKeyException(encrypted());
    }
    try {
      return new PemBlock(label, Base64.getMimeDecoder().decode(body.strip()));
    } catch (IllegalArgumentException e) {
      throw new InvalidDkimKeyException("is damaged: what stands in the PEM block is not Base64");
    }
  }

  private static String explain(String label) {
    if (label == null) {
      return "is not PEM: it must hold a block that begins with -----BEGIN PRIVATE KEY----- or"
          + " -----BEGIN RSA PRIVATE KEY-----";
    }
    if (label.equals("ENCRYPTED PRIVATE KEY")) {
      return encrypted();
    }
    if (label.equals("OPENSSH PRIVATE KEY")) {
      return "is a key of OpenSSH; convert it with \"ssh-keygen -p -m PKCS8 -f FILE\"";
    }
    if (label.endsWith("PUBLIC KEY") || label.equals("CERTIFICATE")) {
      return "holds a " + label.toLowerCase(Locale.ROOT) + ", not the private key";
    }
    if (label.equals("EC PRIVATE KEY")) {
      return "is an elliptic curve key (ECDSA), which DKIM does not know; use RSA or Ed25519";
    }
    return "holds a PEM block \"" + label + "\", not a private key";
  }

  private static String encrypted() {
    return "is encrypted with a passphrase; store it without one (\"openssl pkey -in FILE\"): the"
        + " Secret is what protects it";
  }
}
