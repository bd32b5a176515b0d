package dev.lettershop.bench;

import java.security.PrivateKey;
import java.util.Base64;

/** Keys as files hold them. */
final class Pem {
  private Pem() {}

  static String privateKey(PrivateKey key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }
}
