package dev.lettershop.collector.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;

/**
 * Keys and certificates made with keytool for these tests, valid for a hundred years: {@code root}
 * signs {@code between}, which signs the others. {@code sns} is as SNS's should be; {@code other}
 * is for another name, and has signed {@code below} although it is not an authority; {@code old}
 * has expired; {@code own} signs itself; {@code far} says where its issuer is, and nobody is there.
 */
record SnsKeys(KeyStore keys) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static SnsKeys read() {
    try (InputStream in = SnsKeys.class.getResourceAsStream("sns.p12")) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return new SnsKeys(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  PrivateKey key(String name) {
    try {
      return (PrivateKey) keys.getKey(name, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  X509Certificate certificate(String name) {
    try {
      return (X509Certificate) keys.getCertificate(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PEM, as SNS serves it. */
  byte[] file(String... names) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      for (String name : names) {
        String text = Base64.getMimeEncoder().encodeToString(certificate(name).getEncoded());
        file.writeBytes(
            ("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return file.toByteArray();
  }

  Set<TrustAnchor> authorities() {
    return Set.of(new TrustAnchor(certificate("root"), null));
  }
}
