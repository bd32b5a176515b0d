package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.testkit.ApiStandIn;
import dev.lettershop.testkit.FaultySmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails go out signed, come back, and their addresses are not mailed again. */
class BouncesCommandTest {
  private static final String TRANSPORT =
      """
      rate: {perSecond: 1000}
        dkim: [{domain: shop.example, selector: s1, privateKeySecretRef: {name: dkim, key: ed.pem}}]
        bounces:
          domain: bounces.shop.example
          keySecretRef: {name: links, key: keys}
          spool: {claimName: mail, path: Maildir}
      """
          .stripTrailing();

  @TempDir Path scratch;

  private final FaultySmtpServer inbox = new FaultySmtpServer(call -> null, "PIPELINING");
  private ApiStandIn api;
  private TestShop shop;
  private PodCommand pod;
  private Path maildir;

  @BeforeEach
  void open() throws Exception {
    api = new ApiStandIn(scratch.resolve("account"));
    shop = new TestShop(scratch, inbox.port(), 20);
    shop.edit("rate: {perSecond: 1000}", TRANSPORT).writePlans();
    shop.secret("links", Map.of("keys", "0123456789abcdef0123456789abcdef\n"));
    shop.secret("dkim", Map.of("ed.pem", ed25519()));
    pod = new PodCommand(shop, api, scratch);
    maildir = Files.createDirectories(scratch.resolve("spool/Maildir/new"));
  }

  @AfterEach
  void close() {
    api.close();
    inbox.close();
  }

  private static String ed25519() throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private void returned(FaultySmtpServer.Received mail, String name) throws Exception {
    String to = mail.mail().replaceAll("MAIL FROM:<(.*?)>.*", "$1");
    Files.writeString(
        maildir.resolve(name),
        """
        From: MAILER-DAEMON@relay.example
        Delivered-To: %s
        Subject: failure notice

        No mailbox here by that name. (#5.1.1)
        """
            .formatted(to));
  }

  private PodCommand.Result bounces(String... more) throws Exception {
    String[] options = java.util.Arrays.copyOf(more, more.length + 1);
    options[more.length] = "--spool=" + scratch.resolve("spool");
    return pod.call("bounces", options);
  }

  @Test
  void whoseMailComesBackIsNotMailedAgain() throws Exception {
    pod.call("send", "--run-name=one");
    List<FaultySmtpServer.Received> first = List.copyOf(inbox.received());
    assertThat(first).hasSizeGreaterThan(3);
    assertThat(first)
        .allSatisfy(
            mail -> {
              assertThat(mail.mail()).matches("MAIL FROM:<b-[a-z2-7]{50}@bounces.shop.example>.*");
              assertThat(mail.text()).startsWith("DKIM-Signature: v=1; a=ed25519-sha256;");
            });
    returned(first.get(0), "1");
    returned(first.get(1), "2");
    Files.writeString(maildir.resolve("3"), "From: dan@example.com\nSubject: Hello\n\nHello?\n");

    PodCommand.Result result = bounces("-o", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode printed = new ObjectMapper().readTree(result.out());
    assertThat(printed.at("/lastBounces/hard").asInt()).isEqualTo(2);
    assertThat(printed.at("/lastBounces/unknown").asInt()).isEqualTo(1);
    assertThat(printed.at("/lastBounces/suppressed").asInt()).isEqualTo(2);
    assertThat(result.message().bounces().read()).isEqualTo(3);
    assertThat(api.lastPatch().path())
        .isEqualTo("/apis/lettershop.dev/v1alpha1/namespaces/shop/mailtransports/default/status");
    assertThat(api.lastPatch().body().at("/status/lastBounces/hard").asInt()).isEqualTo(2);
    assertThat(result.all()).doesNotContain("people.example", "example.com");
    pod.call("send", "--run-name=two");
    List<String> again =
        inbox.received().stream().skip(first.size()).map(FaultySmtpServer.Received::rcpt).toList();
    assertThat(again)
        .hasSize(first.size() - 2)
        .doesNotContain(first.get(0).rcpt(), first.get(1).rcpt());
  }

  @Test
  void aSecondReadingFindsNothing() throws Exception {
    pod.call("send", "--run-name=one");
    returned(inbox.received().get(0), "1");
    bounces();

    PodCommand.Result again = bounces();

    assertThat(again.exitCode()).isZero();
    assertThat(again.message().message()).startsWith("Transport default: 0 messages");
  }

  @Test
  void aMissingFolderIsAMistakeOfConfiguration() throws Exception {
    shop.edit("path: Maildir", "path: elsewhere").writePlans();

    PodCommand.Result result = bounces();

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().message())
        .contains("MailTransport/default spec.bounces.spool.path")
        .contains("elsewhere");
  }

  @Test
  void aKeyThatCannotSignStopsTheRunBeforeTheFirstMail() throws Exception {
    shop.secret(
        "dkim", Map.of("ed.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));

    PodCommand.Result result = pod.call("send", "--run-name=one");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.message().message())
        .contains("MailTransport/default spec.dkim (domain shop.example, selector s1)")
        .contains("Secret/dkim holds a public key, not the private key");
    assertThat(inbox.received()).isEmpty();
  }
}
