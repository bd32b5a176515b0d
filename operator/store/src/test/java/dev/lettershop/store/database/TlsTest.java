package dev.lettershop.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with TLS, whose self-signed certificate is made out to {@code localhost}. */
class TlsTest {

  private static final String STORE_PASSWORD = "changeit";

  @TempDir static Path directory;
  private static EmbeddedPostgres server;
  private static Path ca;
  private static Path otherCa;

  @BeforeAll
  static void start() throws Exception {
    ca = directory.resolve("server.crt");
    otherCa = directory.resolve("other.crt");
    Path key = directory.resolve("server.key");
    certificate("server", ca, key);
    certificate("other", otherCa, directory.resolve("other.key"));
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", ca.toString())
            .setServerConfig("ssl_key_file", key.toString())
            .start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static void certificate(String name, Path certificate, Path key) throws Exception {
    Path file = directory.resolve(name + ".p12");
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "30",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
    KeyStore keys = KeyStore.getInstance(file.toFile(), STORE_PASSWORD.toCharArray());
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] secret = keys.getKey(name, STORE_PASSWORD.toCharArray()).getEncoded();
    Files.writeString(key, pem("PRIVATE KEY", secret));
  }

  private static String pem(String type, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  private static StoreSettings settings(String host, TlsMode mode, Path authority) {
    return new StoreSettings(
        host, server.getPort(), "postgres", "postgres", null, mode, authority, 2);
  }

  private static StoreException refusal(StoreSettings settings) {
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> Store.open(settings).close());
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.Misconfigured);
    return failure;
  }

  @Test
  void aServerThatProvesItsNameIsTrusted() {
    Store.open(settings("localhost", TlsMode.VerifyFull, ca)).close();
    Store.open(settings("localhost", TlsMode.VerifyCa, ca)).close();
  }

  @Test
  void encryptionAloneAsksForNoProof() {
    Store.open(settings("localhost", TlsMode.Require, null)).close();
    Store.open(settings("localhost", TlsMode.Disable, null)).close();
  }

  @Test
  void anUnknownAuthorityIsRefused() {
    assertThat(refusal(settings("localhost", TlsMode.VerifyFull, otherCa)))
        .hasMessageContaining("TLS in mode VerifyFull failed")
        .hasMessageContaining("caSecretRef");
    assertThat(refusal(settings("localhost", TlsMode.VerifyCa, otherCa)))
        .hasMessageContaining("TLS in mode VerifyCa failed");
  }

  @Test
  void withoutAnAuthorityThoseOfThePlatformCount() {
    assertThat(refusal(settings("localhost", TlsMode.VerifyFull, null)))
        .hasMessageContaining("TLS in mode VerifyFull failed");
  }

  @Test
  void anotherNameIsRefusedOnlyWhenItIsChecked() {
    assertThat(refusal(settings("127.0.0.1", TlsMode.VerifyFull, ca)))
        .hasMessageContaining("TLS in mode VerifyFull failed");
    Store.open(settings("127.0.0.1", TlsMode.VerifyCa, ca)).close();
  }
}
