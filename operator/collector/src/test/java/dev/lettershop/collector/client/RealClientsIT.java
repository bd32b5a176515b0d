package dev.lettershop.collector.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lettershop.collector.process.CollectorFolder;
import dev.lettershop.collector.process.CollectorServer;
import dev.lettershop.collector.process.PostgresServer;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

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

  /**
   * A page on a busy machine may stand still between the event and the client's note of its time.
   */
  private static final int A_MOMENT = 1500;

  private static final List<String> PERSISTENT =
      List.of("segment-node", "segment-python", "rudder-python");

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

  /**
   * One page.
   *
   * @param closing as {@code browser.js} knows it
   * @param pause milliseconds after each event
   */
  private record Visit(String client, int count, String closing, int pause) {
    Visit(String client, int count, String closing) {
      this(client, count, closing, 0);
    }

    String person() {
      return "browser-" + client + "-" + count + "-" + closing;
    }
  }

  /** All at the same time, in one browser. */
  private Process browse(String base, List<Visit> visits, String log) throws IOException {
    List<Map<String, Object>> cases =
        visits.stream()
            .<Map<String, Object>>map(
                visit ->
                    Map.of(
                        "client", visit.client(),
                        "collector", base,
                        "key", CollectorFolder.BROWSER_KEY,
                        "person", visit.person(),
                        "count", visit.count(),
                        "site", site.origin(),
                        "closing", visit.closing(),
                        "pause", visit.pause()))
            .toList();
    return started(
        List.of(
            "node",
            SCRIPTS.resolve("browser.js").toString(),
            JsonMappers.PLAIN.writeValueAsString(cases)),
        log);
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

  @Test
  void serversSendEveryEventOnce() throws Exception {
    Map<String, Process> sending =
        sending(
            base(),
            "steady",
            List.of(
                "segment-node", "rudder-node", "analytics-node", "segment-python", "rudder-python"),
            FEW,
            0);

    for (Map.Entry<String, Process> each : sending.entrySet()) {
      String person = each.getKey();
      ended(each.getValue(), person);
      arrived(person, FEW, 0);
      assertThat(
              one(
                  "select count(*) from profile p join identity i on i.profile_id = p.id where i.value = '"
                      + person
                      + "' and p.plan = 'gold'"))
          .as(person)
          .isEqualTo(1);
    }
  }

  @Test
  @Tag("soak")
  void serversSendManyEventsOnce() throws Exception {
    Map<String, Process> sending =
        sending(
            base(),
            "many",
            List.of(
                "segment-node", "rudder-node", "analytics-node", "segment-python", "rudder-python"),
            MANY,
            0);

    for (Map.Entry<String, Process> each : sending.entrySet()) {
      ended(each.getValue(), each.getKey());
      arrived(each.getKey(), MANY, 0);
    }
  }

  /** RudderStack's for Node gives up after three tries. */
  @Test
  void serversThatAreToComeAgainDo() throws Exception {
    try (Refusing refusing = new Refusing(collector.uri("/"))) {
      Map<String, Process> sending = sending(refusing.base(), "refused", PERSISTENT, 200, 0);
      for (Map.Entry<String, Process> each : sending.entrySet()) {
        ended(each.getValue(), each.getKey());
      }
      assertThat(refusing.refused()).isGreaterThan(5);
    }
    for (String client : PERSISTENT) {
      arrived(client + "-refused", 200, 0);
    }
  }

  /** RudderStack's for Node gives up after a second and a half: no server can change that. */
  @Test
  void nothingIsLostWhenCollectorAndDatabaseAreKilled() throws Exception {
    Map<String, Process> sending = sending(base(), "killed", PERSISTENT, 200, 300);

    for (String person : sending.keySet()) {
      await()
          .atMost(120, SECONDS)
          .until(
              () ->
                  one(
                          "select count(*) from event e join identity i using (profile_id)"
                              + " where i.value = '"
                              + person
                              + "-visitor'")
                      > 5);
    }
    collector.kill();
    collector.startAgain();
    postgres.kill();
    postgres.startAgain();

    for (Map.Entry<String, Process> each : sending.entrySet()) {
      ended(each.getValue(), each.getKey());
      arrived(each.getKey(), 200, 0);
    }
  }

  private Map<String, Process> sending(
      String base, String how, List<String> names, int count, int pause) throws IOException {
    Map<String, Process> sending = new LinkedHashMap<>();
    for (String client : names) {
      String person = client + "-" + how;
      sending.put(person, send(client, base, person, count, pause));
    }
    return sending;
  }

  /** Clients wait up to a minute between tries, while their page is open. */
  private String untilAllHaveArrived(Process browser, List<Visit> visits, String log)
      throws Exception {
    try {
      for (Visit visit : visits) {
        await(visit.person())
            .atMost(300, SECONDS)
            .failFast(() -> !browser.isAlive())
            .until(() -> one("select count(*)" + of(visit.person())) >= visit.count());
      }
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("The browser said: " + Files.readString(log(log)), e);
    }
    browser.getOutputStream().close();
    return ended(browser, log);
  }

  @Test
  void browsersSendEveryEventOnceAndNothingWithoutConsent() throws Exception {
    assumeChromium();
    List<Visit> visits =
        List.of(
            new Visit("segment", 10, "stay"),
            new Visit("segment", FEW, "stay"),
            new Visit("rudder", 10, "stay"),
            new Visit("rudder", FEW, "stay"),
            new Visit("lettershop", FEW, "stay"),
            new Visit("lettershop", 20, "leave"));
    Visit silent = new Visit("lettershop-without-consent", FEW, "leave");
    List<Visit> all = new ArrayList<>(visits);
    all.add(silent);

    String log = untilAllHaveArrived(browse(base(), all, "browsers"), visits, "browsers");

    for (Visit visit : visits) {
      arrived(visit.person(), visit.count(), A_MOMENT);
    }
    assertThat(log).doesNotContain("page:").contains("cookies of " + silent.person() + ": .");
    assertThat(one("select count(*) from identity where value = '" + silent.person() + "'"))
        .isZero();
  }

  @Test
  @Tag("soak")
  void browsersThatAreToComeAgainDo() throws Exception {
    assumeChromium();
    List<Visit> visits =
        List.of(
            new Visit("segment", 12, "stay"),
            new Visit("rudder", 12, "stay"),
            new Visit("lettershop", 12, "stay"));
    try (Refusing refusing = new Refusing(collector.uri("/"))) {
      Process browser = browse(refusing.base(), visits, "browsers-refused");
      untilAllHaveArrived(browser, visits, "browsers-refused");
      assertThat(refusing.refused()).isGreaterThan(3);
    }
    for (Visit visit : visits) {
      arrived(visit.person(), visit.count(), A_MOMENT);
    }
  }

  @Test
  @Tag("soak")
  void browsersLoseNothingWhenCollectorAndDatabaseAreKilled() throws Exception {
    assumeChromium();
    List<Visit> visits =
        List.of(
            new Visit("segment", 13, "stay", 2000),
            new Visit("rudder", 13, "stay", 2000),
            new Visit("lettershop", 13, "stay", 2000));
    Process browser = browse(base(), visits, "browsers-killed");
    for (Visit visit : visits) {
      await().atMost(120, SECONDS).until(() -> one("select count(*)" + of(visit.person())) > 0);
    }
    collector.kill();
    collector.startAgain();
    postgres.kill();
    postgres.startAgain();
    untilAllHaveArrived(browser, visits, "browsers-killed");

    for (Visit visit : visits) {
      arrived(visit.person(), visit.count(), A_MOMENT);
    }
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
