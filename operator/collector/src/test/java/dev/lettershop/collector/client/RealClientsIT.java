package dev.lettershop.collector.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lettershop.collector.process.CollectorFolder;
import dev.lettershop.collector.process.CollectorServer;
import dev.lettershop.collector.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients that people use, as they come from their registries: {@code LETTERSHOP_CLIENTS} names
 * a folder in which {@code npm install} and {@code pip} have installed what {@code
 * src/test/clients} asks for. Left out without it, unless {@code LETTERSHOP_CLIENT_TESTS} is {@code
 * required}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsIT {
  private static final Path SCRIPTS = Path.of("src/test/clients").toAbsolutePath();
  private static final int FEW = 61;
  private static final int MANY = 600;

  private Path folder;

  private Path clients;
  private PostgresServer postgres;
  private CollectorServer collector;
  private Site site;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    String installed = System.getenv("LETTERSHOP_CLIENTS");
    if (installed == null && "required".equals(System.getenv("LETTERSHOP_CLIENT_TESTS"))) {
      fail("LETTERSHOP_CLIENTS names no folder with the clients");
    }
    assumeTrue(installed != null, "no clients are installed");
    clients = Path.of(installed).toAbsolutePath();
    postgres = PostgresServer.start(folder);
    Path modules = clients.resolve("node_modules");
    site =
        new Site(
            Map.of(
                "/page.html",
                SCRIPTS.resolve("page.html"),
                "/segment.js",
                modules.resolve("@segment/analytics-next/dist/umd/index.js"),
                "/rudder.js",
                modules.resolve("@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js")));
    collector =
        CollectorServer.start(
            CollectorFolder.write(folder, postgres.port(), "postgres", List.of(site.origin())),
            folder.resolve("collector.log"));
  }

  @AfterAll
  void stop() throws Exception {
    if (collector != null) {
      collector.close();
      site.close();
      postgres.close();
    }
  }

  private Process send(String client, String base, String person, int count, int pause)
      throws IOException {
    boolean python = client.endsWith("python");
    List<String> command = new ArrayList<>();
    command.add(python ? clients.resolve("py/bin/python").toString() : "node");
    command.add(SCRIPTS.resolve(python ? "send.py" : "send.js").toString());
    command.addAll(
        List.of(client, base, CollectorFolder.SERVER_KEY, person, "" + count, "" + pause));
    return started(command, person);
  }

  private Process browse(String client, String base, String person, int count, String closing)
      throws IOException {
    return started(
        List.of(
            "node",
            SCRIPTS.resolve("browser.js").toString(),
            client,
            base,
            CollectorFolder.BROWSER_KEY,
            person,
            "" + count,
            site.origin(),
            closing),
        person);
  }

  private Process started(List<String> command, String person) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log(person).toFile());
    builder.environment().put("NODE_PATH", clients.resolve("node_modules").toString());
    return builder.start();
  }

  private Path log(String person) {
    return folder.resolve(person + ".log");
  }

  private String ended(Process process, String person) throws Exception {
    assertThat(process.waitFor(300, SECONDS)).as("%s ends", person).isTrue();
    String log = Files.readString(log(person));
    assertThat(process.exitValue()).as(log).isZero();
    return log;
  }

  private String base() {
    String root = collector.uri("/").toString();
    return root.substring(0, root.length() - 1);
  }

  private long one(String sql) throws Exception {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String of(String person) {
    return " from event e join identity i using (profile_id) where i.kind = 'customer_id'"
        + " and i.value = '"
        + person
        + "' and e.properties ? 'n'";
  }

  /**
   * Every event once, all of one person.
   *
   * @param exact by how many milliseconds a time may be wrong
   */
  private void arrived(String person, int count, int exact) throws Exception {
    await().atMost(120, SECONDS).until(() -> one("select count(*)" + of(person)) >= count);
    await().atMost(120, SECONDS).until(() -> one("select count(*) from intake") == 0);
    assertThat(one("select count(*)" + of(person))).as("events").isEqualTo(count);
    assertThat(one("select count(distinct e.properties ->> 'n')" + of(person)))
        .as("different events")
        .isEqualTo(count);
    assertThat(
            one(
                "select count(*)"
                    + of(person)
                    + " and abs(extract(epoch from e.occurred_at - (e.properties ->> 'at')::timestamptz)) > "
                    + exact / 1000.0))
        .as("wrong times")
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "segment-node",
        "rudder-node",
        "analytics-node",
        "segment-python",
        "rudder-python"
      })
  void serversSendEveryEventOnce(String client) throws Exception {
    String person = client + "-steady";

    ended(send(client, base(), person, MANY, 0), person);

    arrived(person, MANY, 0);
    assertThat(
            one(
                "select count(*) from profile p join identity i on i.profile_id = p.id where i.value = '"
                    + person
                    + "' and p.plan = 'gold'"))
        .isEqualTo(1);
  }

  /** RudderStack's for Node gives up after three tries. */
  @ParameterizedTest
  @ValueSource(strings = {"segment-node", "segment-python", "rudder-python"})
  void serversThatAreToComeAgainDo(String client) throws Exception {
    String person = client + "-refused";
    try (Refusing refusing = new Refusing(collector.uri("/"))) {
      ended(send(client, refusing.base(), person, 200, 0), person);
      assertThat(refusing.refused()).isPositive();
    }
    arrived(person, 200, 0);
  }

  /** RudderStack's for Node gives up after a second and a half: no server can change that. */
  @ParameterizedTest
  @ValueSource(strings = {"segment-node", "segment-python", "rudder-python"})
  void nothingIsLostWhenCollectorAndDatabaseAreKilled(String client) throws Exception {
    String person = client + "-killed";
    Process sending = send(client, base(), person, 300, 300);

    await()
        .atMost(60, SECONDS)
        .until(
            () ->
                one(
                        "select count(*) from event e join identity i using (profile_id) where i.value = '"
                            + person
                            + "-visitor'")
                    > 20);
    collector.kill();
    collector.startAgain();
    postgres.kill();
    postgres.startAgain();
    ended(sending, person);

    arrived(person, 300, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "segment, 10, stay",
    "segment, 61, stay",
    "rudder, 10, stay",
    "rudder, 61, stay",
    "lettershop, 61, stay",
    "lettershop, 20, leave"
  })
  void browsersSendEveryEventOnce(String client, int count, String closing) throws Exception {
    assumeChromium();
    String person = "browser-" + client + "-" + count + "-" + closing;

    String log = ended(browse(client, base(), person, count, closing), person);

    arrived(person, count, 50);
    assertThat(log).doesNotContain("page:");
  }

  /** They wait up to a minute between tries. */
  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"segment", "rudder", "lettershop"})
  void browsersThatAreToComeAgainDo(String client) throws Exception {
    assumeChromium();
    String person = "browser-" + client + "-refused";
    try (Refusing refusing = new Refusing(collector.uri("/"))) {
      ended(browse(client, refusing.base(), person, 12, "stay"), person);
      assertThat(refusing.refused()).isPositive();
    }
    arrived(person, 12, 50);
  }

  @Test
  void withoutConsentTheSnippetSendsNothingAndSetsNoCookie() throws Exception {
    assumeChromium();
    String person = "browser-none";

    String log = ended(browse("lettershop-without-consent", base(), person, FEW, "leave"), person);

    assertThat(log).contains("cookies: \n");
    assertThat(one("select count(*) from identity where value = '" + person + "'")).isZero();
  }

  private static void assumeChromium() {
    boolean there =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(path -> Files.isExecutable(Path.of(path, "chromium")));
    if (!there && "required".equals(System.getenv("LETTERSHOP_BROWSER_TESTS"))) {
      fail("there is no chromium on the PATH");
    }
    assumeTrue(there, "no chromium");
  }
}
