package dev.lettershop.worker.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {
  @TempDir Path account;

  private String address(String... environment) {
    Map<String, String> all = new java.util.HashMap<>();
    all.put("LETTERSHOP_SERVICE_ACCOUNT", account.toString());
    for (int i = 0; i < environment.length; i += 2) {
      all.put(environment[i], environment[i + 1]);
    }
    return ApiServer.of(all).map(server -> server.address().toString()).orElse("nowhere");
  }

  @Test
  void aPodFindsItsClustersServer() {
    assertThat(address("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "6443"))
        .isEqualTo("https://10.96.0.1:6443");
  }

  @Test
  void anAddressOfIpVersion6IsPutInBrackets() {
    assertThat(address("KUBERNETES_SERVICE_HOST", "fd00::1")).isEqualTo("https://[fd00::1]:443");
  }

  @Test
  void aStandInComesFirst() {
    assertThat(
            address(
                "LETTERSHOP_API_SERVER", "http://127.0.0.1:8080/",
                "KUBERNETES_SERVICE_HOST", "10.96.0.1"))
        .isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void outsideOfAClusterThereIsNone() {
    assertThat(address()).isEqualTo("nowhere");
  }

  @Test
  void withoutAServiceAccountThereIsNone() throws IOException {
    Files.delete(account);
    assertThat(address("KUBERNETES_SERVICE_HOST", "10.96.0.1")).isEqualTo("nowhere");
  }
}
