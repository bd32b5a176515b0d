package dev.lettershop.delivery.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.delivery.smtp.RelayException.Reason;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import dev.lettershop.testkit.FaultySmtpServer.Script;
import dev.lettershop.testkit.TestCertificate;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections come about as they should, or not at all. */
class SmtpHandshakeTest {
  private static final SmtpCredentials CREDENTIALS = SmtpCredentials.password("user", "päss");

  @TempDir static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate elsewhere;

  private FaultySmtpServer server;
  private Duration patience = Duration.ofSeconds(20);

  @BeforeAll
  static void makeCertificates() throws Exception {
    localhost = TestCertificate.forNames(folder, "localhost", "dns:localhost,ip:127.0.0.1");
    elsewhere = TestCertificate.forNames(folder, "elsewhere", "dns:elsewhere.test");
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private void serve(Script script, TestCertificate certificate, Tls tls, String... capabilities) {
    server =
        new FaultySmtpServer(
            script, certificate.server(), tls == Tls.Implicit, List.of(capabilities));
  }

  private SmtpResult send(Tls tls, SmtpCredentials credentials, String caPem) throws Exception {
    return send(tls, credentials, caPem, server.port());
  }

  private SmtpResult send(Tls tls, SmtpCredentials credentials, String caPem, int port)
      throws Exception {
    SmtpSettings settings =
        new SmtpSettings(
            "localhost",
            port,
            tls,
            credentials == null ? null : () -> credentials,
            caPem,
            null,
            SmtpTimeouts.all(patience));
    try (SmtpRelay relay = new SmtpRelay(settings);
        RelaySession session = new RelaySession(relay, 10)) {
      return session.send(TestMessages.to("ada@example.com"));
    }
  }

  private RelayException refusal(Tls tls, SmtpCredentials credentials, String caPem) {
    return catchThrowableOfType(RelayException.class, () -> send(tls, credentials, caPem));
  }

  @ParameterizedTest
  @EnumSource(Tls.class)
  void aMessageGoesOutWhicheverWayTheConnectionIsProtected(Tls tls) throws Exception {
    serve(call -> null, localhost, tls, "PIPELINING", "STARTTLS");

    assertThat(send(tls, null, localhost.pem())).isInstanceOf(Accepted.class);
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void capabilitiesAreReadAgainAfterStartTls() throws Exception {
    serve(
        call -> {
          boolean firstHello = call.moment() == Moment.Ehlo && hellos() == 1;
          return firstHello ? "250-x\r\n250-STARTTLS\r\n250-SIZE 1\r\n250 AUTH PLAIN" : null;
        },
        localhost,
        Tls.StartTls,
        "SIZE 100000");

    assertThat(send(Tls.StartTls, null, localhost.pem())).isInstanceOf(Accepted.class);
    assertThat(hellos()).isEqualTo(2);
    assertThat(refusal(Tls.StartTls, CREDENTIALS, localhost.pem()))
        .extracting(RelayException::reason)
        .isEqualTo(Reason.Tls);
  }

  private long hellos() {
    return server.commands().stream().filter(command -> command.startsWith("EHLO")).count();
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"StartTls", "Implicit"})
  void aCertificateForAnotherHostIsRefused(Tls tls) {
    serve(call -> null, elsewhere, tls, "STARTTLS");

    RelayException refusal = refusal(tls, null, elsewhere.pem());

    assertThat(refusal.reason()).isEqualTo(Reason.Tls);
    assertThat(refusal).hasMessageContaining("certificate");
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"StartTls", "Implicit"})
  void aCertificateThatNobodyTrustsIsRefused(Tls tls) {
    serve(call -> null, localhost, tls, "STARTTLS");

    assertThat(refusal(tls, null, null).reason()).isEqualTo(Reason.Tls);
    assertThat(refusal(tls, null, elsewhere.pem()).reason()).isEqualTo(Reason.Tls);
  }

  @Test
  void aServerThatDoesNotOfferStartTlsGetsNoMail() {
    serve(call -> null, localhost, Tls.StartTls, "PIPELINING");

    RelayException refusal = refusal(Tls.StartTls, CREDENTIALS, localhost.pem());

    assertThat(refusal.code()).isEqualTo("StartTlsNotOffered");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @ParameterizedTest
  @CsvSource({
    "454 4.7.0 not now,    Busy, 454 4.7.0, true",
    "421 4.3.2 later,      Busy, 421 4.3.2, true",
    "501 5.5.4 no options, Tls,  501 5.5.4, false",
    "554 5.7.3 never,      Tls,  554 5.7.3, false"
  })
  void aServerThatRefusesStartTlsGetsNoMail(
      String answer, Reason reason, String code, boolean isTransient) {
    serve(
        call -> call.moment() == Moment.StartTls ? answer : null,
        localhost,
        Tls.StartTls,
        "STARTTLS");

    RelayException refusal = refusal(Tls.StartTls, null, localhost.pem());

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.isTransient()).isEqualTo(isTransient);
    assertThat(server.received()).isEmpty();
  }

  @Test
  void dataInjectedBeforeTheTlsHandshakeIsFoundOut() {
    serve(
        call -> call.moment() == Moment.StartTls ? "220 go on\r\n250 2.0.0 injected" : null,
        localhost,
        Tls.StartTls,
        "STARTTLS");

    RelayException refusal = refusal(Tls.StartTls, null, localhost.pem());

    assertThat(refusal.code()).isEqualTo("StartTlsInjection");
    assertThat(refusal).hasMessageContaining("tampered");
  }

  @Test
  void plainIsTheFirstChoiceForAuthentication() throws Exception {
    serve(call -> null, localhost, Tls.Implicit, "AUTH LOGIN PLAIN CRAM-MD5");

    assertThat(send(Tls.Implicit, CREDENTIALS, localhost.pem())).isInstanceOf(Accepted.class);
    assertThat(server.commands())
        .contains(
            "AUTH PLAIN "
                + Base64.getEncoder()
                    .encodeToString(
                        "\0user\0päss".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void loginIsTheSecond() throws Exception {
    serve(
        call -> {
          if (call.moment() != Moment.Auth) {
            return null;
          }
          if (call.argument().equals("AUTH LOGIN")) {
            return "334 VXNlcm5hbWU6";
          }
          return call.argument().equals("dXNlcg==") ? "334 UGFzc3dvcmQ6" : "235 2.7.0 ok";
        },
        localhost,
        Tls.StartTls,
        "STARTTLS",
        "AUTH LOGIN");

    assertThat(send(Tls.StartTls, CREDENTIALS, localhost.pem())).isInstanceOf(Accepted.class);
    assertThat(server.commands()).contains("AUTH LOGIN", "dXNlcg==", "cMOkc3M=");
  }

  @Test
  void aTokenIsSaidByXoauth2() throws Exception {
    serve(call -> null, localhost, Tls.Implicit, "AUTH PLAIN XOAUTH2");

    assertThat(send(Tls.Implicit, SmtpCredentials.token("user", "tok"), localhost.pem()))
        .isInstanceOf(Accepted.class);
    assertThat(server.commands())
        .contains(
            "AUTH XOAUTH2 "
                + Base64.getEncoder()
                    .encodeToString("user=user\1auth=Bearer tok\1\1".getBytes(US_ASCII)));
  }

  @Test
  void aTokenIsNeverSaidAsAPassword() {
    serve(call -> null, localhost, Tls.Implicit, "AUTH PLAIN LOGIN");

    RelayException refusal =
        refusal(Tls.Implicit, SmtpCredentials.token("user", "tok"), localhost.pem());

    assertThat(refusal.code()).isEqualTo("AuthNotOffered");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @Test
  void aTokenThatWasReplacedWhileItWasRefusedIsReadAgain() throws Exception {
    String fresh =
        Base64.getEncoder().encodeToString("user=user\1auth=Bearer new\1\1".getBytes(US_ASCII));
    serve(
        call -> {
          if (call.moment() != Moment.Auth || call.argument().endsWith(fresh)) {
            return null;
          }
          return call.argument().isEmpty() ? "535 5.7.8 expired" : "334 eyJzdGF0dXMiOiI0MDEifQ==";
        },
        localhost,
        Tls.Implicit,
        "AUTH XOAUTH2");
    Iterator<String> tokens = List.of("old", "new").iterator();
    SmtpSettings settings =
        new SmtpSettings(
            "localhost",
            server.port(),
            Tls.Implicit,
            () -> SmtpCredentials.token("user", tokens.next()),
            localhost.pem(),
            null,
            SmtpTimeouts.all(patience));

    try (SmtpRelay relay = new SmtpRelay(settings);
        RelaySession session = new RelaySession(relay, 10)) {
      assertThat(session.send(TestMessages.to("ada@example.com"))).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void aCertificateThatHasExpiredIsRefused() throws Exception {
    TestCertificate expired = TestCertificate.expired(folder, "expired", "dns:localhost");
    serve(call -> null, expired, Tls.Implicit);

    RelayException refusal = refusal(Tls.Implicit, CREDENTIALS, expired.pem());

    assertThat(refusal.reason()).isEqualTo(Reason.Tls);
    assertThat(server.commands()).isEmpty();
  }

  @Test
  void credentialsNeverCrossTheNetworkInClear() {
    assertThatThrownBy(() -> send(Tls.None, CREDENTIALS, null, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clear")
        .hasMessageNotContaining("päss");
    assertThat(CREDENTIALS.toString()).doesNotContain("user", "päss");
  }

  @ParameterizedTest
  @CsvSource({
    "535 5.7.8 wrong, Authentication, 535 5.7.8, false",
    "454 4.7.0 later, Busy, 454 4.7.0, true"
  })
  void refusedCredentialsAreToldFromAServerThatIsBusy(
      String answer, Reason reason, String code, boolean isTransient) {
    serve(
        call -> call.moment() == Moment.Auth ? answer : null,
        localhost,
        Tls.Implicit,
        "AUTH PLAIN");

    RelayException refusal = refusal(Tls.Implicit, CREDENTIALS, localhost.pem());

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.isTransient()).isEqualTo(isTransient);
    assertThat(refusal).hasMessageNotContaining("päss");
  }

  @ParameterizedTest
  @CsvSource({
    "421 4.3.2 later, Busy",
    "554 5.7.1 go away, Refused",
    "hello there, Refused",
    "<close>, Unreachable",
    "<silence>, Unreachable"
  })
  void aGreetingThatIsNoneIsExplained(String greeting, Reason reason) {
    if (greeting.equals(FaultySmtpServer.SILENCE)) {
      patience = Duration.ofMillis(300);
    }
    serve(call -> call.moment() == Moment.Greeting ? greeting : null, localhost, Tls.None);

    RelayException refusal = refusal(Tls.None, null, null);

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining("localhost:" + server.port());
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    RelayException refusal =
        catchThrowableOfType(RelayException.class, () -> send(Tls.None, null, null, port));

    assertThat(refusal.reason()).isEqualTo(Reason.Unreachable);
    assertThat(refusal.code()).isEqualTo("ConnectFailed");
  }

  @Test
  void certificatesThatAreNoneAreRefusedAtOnce() {
    assertThatThrownBy(() -> send(Tls.Implicit, null, "not a certificate", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PEM");
  }
}
