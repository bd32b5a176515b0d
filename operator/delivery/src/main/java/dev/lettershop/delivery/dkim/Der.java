package dev.lettershop.delivery.dkim;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The little of DER (X.690) that tells kinds of private keys apart. */
final class Der {
  /** 1.2.840.113549.1.1.1. */
  static final String RSA = "2a864886f70d010101";

  /** 1.3.101.112 (RFC 8410). */
  static final String ED25519 = "2b6570";

  /** 1.2.840.10045.2.1. */
  static final String EC = "2a8648ce3d0201";

  /** In bytes; a key of 16,384 bits has less. */
  private static final int LONGEST_RSA = 16_384;

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final String DAMAGED = "is damaged: what stands in the PEM block is not a key";

  private final byte[] bytes;
  private int at;

  private Der(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The algorithm of a PKCS #8 key: its object identifier's content in hexadecimal digits.
   *
   * @throws InvalidDkimKeyException when it is no such key
   */
  static String algorithmOf(byte[] pkcs8) throws InvalidDkimKeyException {
    Der key = new Der(pkcs8);
    key.enter(SEQUENCE);
    key.skip(INTEGER);
    key.enter(SEQUENCE);
    int length = key.enter(OBJECT_IDENTIFIER);
    return HexFormat.of().formatHex(pkcs8, key.at, key.at + length);
  }

  /**
   * PKCS #8 (RFC 5208 section 5) around an RSA key of PKCS #1.
   *
   * @throws InvalidDkimKeyException when it is longer than any such key
   */
  static byte[] pkcs8OfRsa(byte[] pkcs1) throws InvalidDkimKeyException {
    if (pkcs1.length > LONGEST_RSA) {
      throw new InvalidDkimKeyException(DAMAGED);
    }
    byte[] version = {INTEGER, 1, 0};
    byte[] algorithm =
        tagged(
            SEQUENCE,
            joined(
                tagged(OBJECT_IDENTIFIER, HexFormat.of().parseHex(RSA)), new byte[] {0x05, 0x00}));
    return tagged(SEQUENCE, joined(version, algorithm, tagged(OCTET_STRING, pkcs1)));
  }

  /** Steps into an element, and says how long its content is. */
  private int enter(int tag) throws InvalidDkimKeyException {
    if (next() != tag) {
      throw new InvalidDkimKeyException(DAMAGED);
    }
    int length = next();
    if (length >= 0x80) {
      int octets = length & 0x7f;
      length = 0;
      for (int i = 0; i < octets && octets <= 3; i++) {
        length = length << 8 | next();
      }
    }
    if (length <= 0 || length > bytes.length - at) {
      throw new InvalidDkimKeyException(DAMAGED);
    }
    return length;
  }

  private void skip(int tag) throws InvalidDkimKeyException {
    int length = enter(tag);
    at += length;
  }

  private int next() throws InvalidDkimKeyException {
    if (at >= bytes.length) {
      throw new InvalidDkimKeyException(DAMAGED);
    }
    return bytes[at++] & 0xff;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
    out.write(tag);
    // X.690 section 10.1: in as few octets as possible.
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
