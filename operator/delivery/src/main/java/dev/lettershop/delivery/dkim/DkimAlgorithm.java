package dev.lettershop.delivery.dkim;

/** How a message is signed; both hash with SHA-256. */
public enum DkimAlgorithm {
  /** RFC 6376 section 3.3.1. */
  RsaSha256("rsa-sha256", "SHA256withRSA", "RSA"),
  /** RFC 8463: Ed25519 over the SHA-256 hash. */
  Ed25519Sha256("ed25519-sha256", "Ed25519", "Ed25519");

  private final String tag;
  private final String signature;
  private final String keys;

  DkimAlgorithm(String tag, String signature, String keys) {
    this.tag = tag;
    this.signature = signature;
    this.keys = keys;
  }

  /** The value of the tag {@code a=}. */
  String tag() {
    return tag;
  }

  /** The name that Java has for it. */
  String signature() {
    return signature;
  }

  /** The name that Java has for its keys. */
  String keys() {
    return keys;
  }
}
