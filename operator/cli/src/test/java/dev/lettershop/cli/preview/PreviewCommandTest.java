package dev.lettershop.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lettershop.cli.LettershopCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewCommandTest {
  private static final Path SAMPLES = Path.of("../../samples");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return LettershopCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private static String samples(String name) {
    return SAMPLES.resolve(name).toString();
  }

  @Test
  void theSampleTemplatesHaveNothingToReportNotEvenHints() {
    assertThat(run("lint", "-f", samples("templates"), "--hints")).isZero();
    assertThat(out.toString()).contains("7 resources: nothing to report").doesNotContain("hint");
  }

  @Test
  void everyTemplateIsShownForEveryPreview() throws Exception {
    int exit = run("preview", "-f", samples("templates"), "--out", folder.toString(), "-o", "json");

    assertThat(exit).as(err.toString()).isZero();
    JsonNode result = JSON.readTree(out.toString());
    assertThat(result.get("mails")).hasSize(12);
    assertThat(result.get("findings")).isEmpty();
    for (JsonNode mail : result.get("mails")) {
      assertThat(mail.get("subject").asText()).isNotBlank();
      assertThat(mail.get("htmlBytes").asInt()).isBetween(5_000, 60_000);
    }
    assertThat(folder.resolve("index.html")).isNotEmptyFile();
    assertThat(folder.resolve("mails")).isDirectoryContaining("glob:**.eml");
    assertThat(Files.list(folder.resolve("mails"))).hasSize(12);
  }

  private String event(String json) throws Exception {
    return Files.writeString(folder.resolve("event.json"), json).toString();
  }

  @Test
  void aTriggeredMailIsShownForTheEventOfAFileAlone() throws Exception {
    String file = event("{\"properties\": {\"order_id\": \"A-4711\", \"total\": 42.5}}");
    int exit =
        run("render", "-f", samples("triggers"), "campaign/order-confirmation", "--event", file);

    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString()).containsOnlyOnce("We have your order A-4711 of 42.5 euros.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"order_complete\"} | the store declares no event order_complete; did you mean",
        "{\"properties\": {\"orderId\": 1}} | the event order_completed has no property orderId",
        "{\"properties\": {\"total\": \"many\"}} | the property total is not of type Double",
        "{\"properties\": 1} | is not a JSON object with name, ago and properties",
        "{\"prperties\": {}} | is not a JSON object with name, ago and properties"
      })
  void anEventThatTheStoreDoesNotDeclareIsRefused(String json, String message) throws Exception {
    int exit =
        run(
            "render",
            "-f",
            samples("triggers"),
            "campaign/order-confirmation",
            "--event",
            event(json));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void aCampaignSaysWhichRuleWonAndWhy() throws Exception {
    int exit = run("render", "-f", samples("quickstart"), "campaign/autumn-sale", "-o", "json");

    assertThat(exit).as(err.toString()).isZero();
    JsonNode result = JSON.readTree(out.toString());
    assertThat(result.get("rules").findValuesAsText("answer"))
        .isNotEmpty()
        .allMatch(answer -> answer.matches("True|False|Unknown"));
    for (JsonNode rule : result.get("rules")) {
      rule.get("won")
          .fields()
          .forEachRemaining(
              won -> assertThat(result.get("content").get(won.getKey())).isEqualTo(won.getValue()));
    }
  }

  @Test
  void oneMailIsRenderedAsTextHtmlAndMessage() throws Exception {
    String welcome = "template/welcome";
    Path message = folder.resolve("welcome.eml");

    assertThat(run("render", "-f", samples("templates"), welcome, "-o", "text")).isZero();
    assertThat(out.toString()).contains("Welcome, Ada", "Start looking around", "Unsubscribe");
    out.getBuffer().setLength(0);
    assertThat(run("render", "-f", samples("templates"), welcome)).isZero();
    assertThat(out.toString()).startsWith("<!doctype html>").doesNotContain("{{");
    assertThat(run("render", "-f", samples("templates"), welcome, "--out", message.toString()))
        .isZero();
    assertThat(message).content().contains("Subject: Welcome, Ada").contains("MIME-Version: 1.0");
    assertThat(run("render", "-f", samples("templates"), welcome, "--preview", "nothing-known"))
        .isZero();
    assertThat(out.toString()).contains("Welcome, friend");
  }

  @Test
  void whatDoesNotExistIsNamedWithWhatDoes() {
    assertThat(run("preview", "-f", samples("templates"), "template/nix", "--out", "x"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("No template nix", "welcome");
    assertThat(run("render", "-f", samples("templates"), "template/welcome", "--preview", "x"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("has no preview x; it has: with-name, nothing-known");
  }

  @Test
  void aTestMailGoesThroughTheCampaignsTransport() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      Path shop = shop(server.getSmtp().getPort());

      int exit =
          run(
              "send-test",
              "-f",
              shop.toString(),
              "campaign/autumn-sale",
              "--to",
              "you@example.com");

      assertThat(exit).as(err.toString()).isZero();
      assertThat(err.toString()).contains("to you@example.com");
      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThat(server.getReceivedMessages()[0].getAllRecipients()[0])
          .hasToString("you@example.com");
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "render | 0 | this mail is shown without attachments",
        "send-test --to you@example.com | 1 | No mail was sent"
      })
  void whatCannotBeAttachedIsSaidAndNoTestMailLacksIt(String command, int exit, String message)
      throws Exception {
    String file = event("{\"properties\": {\"invoice_url\": \"https://127.0.0.1/a.pdf\"}}");
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    line.addAll(List.of("-f", samples("triggers"), "campaign/order-confirmation", "--event", file));

    assertThat(run(line.toArray(String[]::new))).as(err.toString()).isEqualTo(exit);
    assertThat(err.toString())
        .contains("The attachment invoice.pdf: leads to a host that is not allowed")
        .contains(message);
  }

  /** The sample with a transport to a server of this test. */
  private Path shop(int port) throws Exception {
    Path shop = Files.createDirectory(folder.resolve("shop"));
    try (var files = Files.list(SAMPLES.resolve("quickstart"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        if (!file.endsWith("transport.yaml")) {
          Files.copy(file, shop.resolve(file.getFileName()));
        }
      }
    }
    Files.writeString(
        shop.resolve("transport.yaml"),
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: MailTransport
        metadata: {name: default}
        spec:
          smtp: {host: 127.0.0.1, port: %d, tls: None}
          links: {baseUrl: "https://links.acme.example", keySecretRef: {name: links, key: key}}
        """
            .formatted(port));
    return shop;
  }
}
