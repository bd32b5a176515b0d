package dev.lettershop.playground.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.packaged.PackagedLettershop;
import dev.lettershop.playground.packaged.PackagedLettershop.Result;
import dev.lettershop.playground.packaged.PackagedLettershop.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A playground and the commands that people type in another terminal, all as processes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlaygroundIT {
  private static final Path STATE = Path.of(".lettershop", "playground");
  private static final Duration TO_START = Duration.ofSeconds(300);
  private static final Duration TO_SETTLE = Duration.ofSeconds(300);

  @TempDir private static Path folder;
  private static PackagedLettershop lettershop;
  private static Running playground;

  @BeforeAll
  static void start() throws Exception {
    lettershop = new PackagedLettershop(folder);
    playground = lettershop.start("playground", "--port", "0");
    Awaitility.await("the playground is up")
        .atMost(TO_START)
        .pollInterval(Duration.ofMillis(200))
        .failFast("it has ended", () -> !playground.process().isAlive())
        .until(() -> playground.said().contains("The playground is up."));
  }

  @AfterAll
  static void stop() throws Exception {
    playground.process().destroy();
    if (!playground.process().waitFor(300, TimeUnit.SECONDS)) {
      playground.process().destroyForcibly();
    }
  }

  @Test
  @Order(1)
  void takesTheSampleAndMakesItReady() throws Exception {
    String shop = STATE.resolve("shop").toString();

    Result first = lettershop.run("apply", "-f", shop);
    Result second = lettershop.run("apply", "-f", shop);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("campaign.lettershop.dev/autumn-sale created\n")
        .contains("secret/lettershop-db created\n");
    assertThat(second.out().lines()).isNotEmpty().allMatch(line -> line.endsWith(" unchanged"));
    Awaitility.await("the campaign is ready")
        .atMost(TO_SETTLE)
        .until(
            () ->
                here("get", "campaigns")
                    .matches("(?s)NAME +READY .*\nautumn-sale +True +0 9 \\* \\* MON .*"));
    assertThat(lettershop.run("get", "all").out())
        .contains("\nsegment.lettershop.dev/high-value ", "\ncronjob.batch/autumn-sale ");
  }

  @Test
  @Order(2)
  void sendsWhenARunIsApplied() throws Exception {
    lettershop.run("apply", "-f", STATE.resolve("run-now.yaml").toString());

    Awaitility.await("the run has succeeded")
        .atMost(TO_START)
        .until(
            () -> run("autumn-sale-now").at("/status/conditions/0/status").asText().equals("True"));
    long sent = run("autumn-sale-now").at("/status/deliveries/sent").asLong();
    try (Stream<Path> mails = Files.list(folder.resolve(STATE).resolve("mails"))) {
      assertThat(mails.filter(mail -> mail.toString().endsWith(".eml")).count())
          .isEqualTo(sent)
          .isPositive();
    }
    Awaitility.await("the campaign says so")
        .atMost(TO_SETTLE)
        .until(
            () ->
                here("describe", "campaign/autumn-sale")
                    .matches(
                        "(?s).*Conditions:.* LastRunSucceeded +True .*Events:.*RunSucceeded.*"));
  }

  @Test
  @Order(3)
  void whoUnsubscribesWithTheLinkOfAMailGetsNoneFromTheNextRun() throws Exception {
    List<String> first = recipients();
    String mail = Files.readString(mails().get(0), StandardCharsets.ISO_8859_1);
    String who = header(mail, "To: .*?([\\w.+-]+@[\\w.-]+)");
    String link = header(mail, "List-Unsubscribe: <https://links\\.acme\\.example(/u/[\\w-]+)>");
    URI uri = URI.create(facts().path("links").asText() + link);
    assertThat(Collections.frequency(first, who)).isEqualTo(1);

    HttpResponse<String> page =
        Awaitility.await("the collector answers")
            .atMost(TO_START)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> send(HttpRequest.newBuilder(uri)), answer -> answer.statusCode() == 200);
    assertThat(page.body()).contains("Acme Outfitters", "Newsletter");
    assertThat(recipients()).as("looking changes nothing").isEqualTo(first);
    HttpResponse<String> done =
        send(
            HttpRequest.newBuilder(uri)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
    assertThat(done.statusCode()).isEqualTo(200);

    Path again =
        Files.writeString(
            folder.resolve("again.yaml"),
            Files.readString(folder.resolve(STATE).resolve("run-now.yaml"))
                .replace("name: autumn-sale-now", "name: autumn-sale-again"));
    lettershop.run("apply", "-f", again.toString());
    Awaitility.await("the second run has succeeded")
        .atMost(TO_START)
        .until(
            () -> run("autumn-sale-again").at("/status/conditions/0/status").asText(),
            "True"::equals);

    List<String> second = recipients();
    assertThat(second).hasSize(2 * first.size() - 1);
    assertThat(Collections.frequency(second, who)).as("mails to who unsubscribed").isEqualTo(1);
    Awaitility.await("the Collector says that it serves")
        .atMost(TO_SETTLE)
        .until(() -> here("get", "collectors").matches("(?s).*\nlinks +True .*"));
  }

  @Test
  @Order(4)
  void whoFollowsALinkOfAMailGetsToTheShopAndIsCounted() throws Exception {
    String mail = Files.readString(mails().get(0), StandardCharsets.ISO_8859_1);
    Matcher link =
        Pattern.compile("https://links\\.acme\\.example(/c/[\\w-]+)")
            .matcher(mail.replace("=\r\n", ""));
    assertThat(link.find()).as("a link that is recorded").isTrue();
    URI uri = URI.create(facts().path("links").asText() + link.group(1));

    HttpResponse<String> answer =
        Awaitility.await("the collector answers")
            .atMost(TO_START)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> send(HttpRequest.newBuilder(uri)), response -> response != null);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location").orElse(""))
        .startsWith("https://shop.acme.example/");
    Awaitility.await("the click is in the database")
        .atMost(TO_SETTLE)
        .until(() -> clicks(answer.headers().firstValue("location").orElseThrow()) == 1);
  }

  private static long clicks(String address) throws Exception {
    URI database = URI.create(facts().path("postgresql").asText());
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + database.getPort() + database.getPath(),
                "postgres",
                "");
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select count(*) from lettershop.hit h
                join lettershop.link l on l.run_id = h.run_id and l.number = h.number
                where h.kind = 'Click' and h.profile_id > 0 and l.address[1] = ?
                """)) {
      statement.setString(1, address);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  private static List<Path> mails() throws IOException {
    try (Stream<Path> mails = Files.list(folder.resolve(STATE).resolve("mails"))) {
      return mails.filter(mail -> mail.toString().endsWith(".eml")).sorted().toList();
    }
  }

  private static List<String> recipients() throws IOException {
    List<String> recipients = new ArrayList<>();
    for (Path mail : mails()) {
      recipients.add(
          header(
              Files.readString(mail, StandardCharsets.ISO_8859_1), "To: .*?([\\w.+-]+@[\\w.-]+)"));
    }
    return recipients;
  }

  /** The first group, in the header as it was before it was folded. */
  private static String header(String mail, String pattern) {
    String unfolded = mail.substring(0, mail.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
    Matcher matcher = Pattern.compile("(?m)^" + pattern).matcher(unfolded);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static JsonNode facts() throws IOException {
    return new ObjectMapper().readTree(folder.resolve(STATE).resolve("playground.json").toFile());
  }

  @Test
  @Order(5)
  void saysWhereAFaultIsWrittenAndAppliesNothing() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: Segment
            metadata: {name: wrong}
            spec:
              expresion: "true"
            """);

    Result result = lettershop.run("apply", "-f", file.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(file + ":5:3: error Segment/wrong spec.expresion")
        .contains("did you mean \"expression\"?");
    assertThat(lettershop.run("get", "segment/wrong").exitCode()).isEqualTo(1);
  }

  @Test
  @Order(6)
  void isOneInAFolder() throws Exception {
    Result result = lettershop.run("playground");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("another playground is using", "--out");
  }

  @Test
  @Order(7)
  void endsWithAllItsParts() throws Exception {
    List<ProcessHandle> parts = playground.process().descendants().toList();
    assertThat(parts).as("the controller").isNotEmpty();
    int database = URI.create(facts().path("postgresql").asText()).getPort();
    assertThat(answers(database)).as("PostgreSQL answers").isTrue();

    playground.process().destroy();

    assertThat(playground.process().waitFor(300, TimeUnit.SECONDS)).as("it ends").isTrue();
    Awaitility.await("its parts have ended too")
        .atMost(Duration.ofSeconds(120))
        .until(() -> parts.stream().noneMatch(ProcessHandle::isAlive) && !answers(database));
    assertThat(playground.said()).doesNotContain("controller ended");
    assertThat(lettershop.run("get", "campaigns").err()).contains("does not answer");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static JsonNode run(String name) throws Exception {
    return new ObjectMapper().readTree(here("get", "run/" + name, "-o", "json"));
  }

  /** What a command prints that is given within this process. */
  private static String here(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--kubeconfig=" + folder.resolve(STATE).resolve("kubeconfig"));
    return PackagedLettershop.here(arguments.toArray(String[]::new)).out();
  }
}
