package dev.lettershop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.ShopCommand.Result;
import dev.lettershop.cli.TestShop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  /** Nobody listens there: DNS is not asked about anything. */
  private static final String SILENT = "--dns=127.0.0.1:9";

  @TempDir private Path folder;

  @Test
  void without_resources_it_looks_at_this_machine() throws Exception {
    Result result = ShopCommand.withoutResources("doctor", "-o", "json");

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.json())
        .extracting(check -> check.path("name").asText())
        .containsExactly("Java", "Maven");
  }

  @Test
  void with_resources_it_looks_at_their_servers() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    TestShop shop = new TestShop(folder.resolve("pods"), nobody, 1);

    Result result = new ShopCommand(shop, folder).call("doctor", SILENT, "-o", "json");

    assertThat(result.exitCode()).as("there is no SMTP server").isEqualTo(1);
    assertThat(find(result.json(), "PostgreSQL of store/").path("message").asText())
        .startsWith("version 17");
    assertThat(find(result.json(), "Clock").path("state").asText()).isEqualTo("ok");
    assertThat(find(result.json(), "SMTP of transport/").path("message").asText())
        .contains("no TCP connection");
    assertThat(find(result.json(), "SPF ").path("state").asText()).isEqualTo("unknown");
  }

  @Test
  void an_old_java_is_wrong() {
    Properties system = new Properties();
    system.setProperty("java.version", "11.0.2");

    assertThat(MachineChecks.of(java.util.Map.of(), system, 11).get(0).state())
        .isEqualTo(Check.State.error);
  }

  private static JsonNode find(JsonNode checks, String name) {
    for (JsonNode check : checks) {
      if (check.path("name").asText().startsWith(name)) {
        return check;
      }
    }
    throw new AssertionError("no check of " + name + " in " + checks);
  }
}
