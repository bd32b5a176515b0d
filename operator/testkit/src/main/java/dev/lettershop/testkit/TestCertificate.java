package dev.lettershop.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for a host, made by the JDK's own tool. */
public record TestCertificate(Path keystore, String pem, SSLContext server) {
  /** Of the keystore and the key in it. */
  public static final String PASSWORD = "changeit";

  /**
   * @param names as keytool writes them, e.g. {@code dns:localhost,ip:127.0.0.1}
   */
  public static TestCertificate forNames(Path folder, String alias, String names) throws Exception {
    return make(folder, alias, names, "-0d");
  }

  /**
   * The one of every GreenMail server in this JVM, for localhost and 127.0.0.1: GreenMail reads its
   * keys once, when its first TLS socket is made.
   */
  public static TestCertificate ofGreenMail() {
    return OfGreenMail.CERTIFICATE;
  }

  private static final class OfGreenMail {
    static final TestCertificate CERTIFICATE = make();

    private static TestCertificate make() {
      try {
        Path folder = Files.createTempDirectory("lettershop-greenmail-");
        TestCertificate made = forNames(folder, "greenmail", "dns:localhost,ip:127.0.0.1");
        folder.toFile().deleteOnExit();
        made.keystore().toFile().deleteOnExit();
        System.setProperty("greenmail.tls.keystore.file", made.keystore().toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        System.setProperty("greenmail.tls.key.password", PASSWORD);
        return made;
      } catch (Exception e) {
        throw new IllegalStateException("No certificate for GreenMail", e);
      }
    }
  }

  /** The private key as PEM, for servers that want it so. */
  public String privateKey(String alias) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder()
            .encodeToString(keys.getKey(alias, PASSWORD.toCharArray()).getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** One that was valid until three days ago. */
  public static TestCertificate expired(Path folder, String alias, String names) throws Exception {
    return make(folder, alias, names, "-5d");
  }

  private static TestCertificate make(Path folder, String alias, String names, String start)
      throws Exception {
    Path keystore = folder.resolve(alias + ".p12");
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            alias,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + alias,
            "-ext",
            "san=" + names,
            "-startdate",
            start,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            keystore.toString(),
            "-storepass",
            PASSWORD));
    return read(keystore, alias);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  private static TestCertificate read(Path keystore, String alias)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getCertificate(alias).getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    return new TestCertificate(keystore, pem, context);
  }
}
