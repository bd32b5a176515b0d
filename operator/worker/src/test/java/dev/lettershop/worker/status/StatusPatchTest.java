package dev.lettershop.worker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lettershop.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, as in a cluster. */
class StatusPatchTest {
  @TempDir Path account;
  private HttpsServer server;
  private TestCertificate certificate;

  @BeforeEach
  void start() throws Exception {
    certificate = TestCertificate.forNames(account, "api", "ip:127.0.0.1");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private StatusPatch patch(String host) {
    URI address = URI.create("https://" + host + ":" + server.getAddress().getPort());
    return new StatusPatch(new ApiServer(address, account), "shop", "segments", "vip");
  }

  private void trust(String pem) throws IOException {
    Files.writeString(account.resolve("ca.crt"), pem);
  }

  @Test
  void aServerOfTheServiceAccountsAuthorityIsTrusted() throws Exception {
    trust(certificate.pem());

    assertThat(patch("127.0.0.1").patch(Map.of("size", 1))).isEqualTo(200);
  }

  @Test
  void aServerOfAnotherAuthorityIsNotUntilTheFileChanges() throws Exception {
    trust(TestCertificate.forNames(account, "other", "ip:127.0.0.1").pem());
    StatusPatch patch = patch("127.0.0.1");
    assertThatThrownBy(() -> patch.patch(Map.of("size", 1)))
        .isInstanceOf(SSLHandshakeException.class);

    trust(certificate.pem());

    assertThat(patch.patch(Map.of("size", 1))).isEqualTo(200);
  }

  @Test
  void aServerOfAnotherNameIsNotTrusted() throws Exception {
    trust(certificate.pem());

    assertThatThrownBy(() -> patch("localhost").patch(Map.of("size", 1)))
        .isInstanceOf(IOException.class);
  }
}
