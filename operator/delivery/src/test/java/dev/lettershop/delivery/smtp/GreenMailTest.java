package dev.lettershop.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.RelayException.Reason;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.testkit.TestCertificate;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages as a mail server that is not ours takes them and Jakarta Mail reads them. */
class GreenMailTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.ofGreenMail();

  private GreenMail server;

  @AfterEach
  void stop() {
    server.stop();
  }

  private SmtpRelay relay(Tls tls, SmtpCredentials credentials) {
    String protocol = tls == Tls.Implicit ? ServerSetup.PROTOCOL_SMTPS : ServerSetup.PROTOCOL_SMTP;
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.start();
    int port = tls == Tls.Implicit ? server.getSmtps().getPort() : server.getSmtp().getPort();
    return new SmtpRelay(
        new SmtpSettings(
            "127.0.0.1",
            port,
            tls,
            credentials == null ? null : () -> credentials,
            CERTIFICATE.pem(),
            null,
            SmtpTimeouts.STANDARD));
  }

  private static OutboundMessage message(String to) throws Exception {
    return new MessageBuilder(
            new MessageSettings("shop", "sale", "r", "Bücher & Co", "news@shop.example", null))
        .build(
            1,
            to,
            new RenderedMail("Grüße 🎉", "<p>.\n.Hallo Wörld</p>", ".\n..Hallo Wörld"),
            "https://news.shop.example/u/x",
            true,
            Instant.parse("2026-03-01T09:00:00Z"));
  }

  @Test
  void mailsArriveReadable() throws Exception {
    try (SmtpRelay relay = relay(Tls.None, null);
        RelaySession session = new RelaySession(relay, 100)) {
      for (String to : new String[] {"ada@example.com", "bob@example.com"}) {
        assertThat(session.send(message(to))).isInstanceOf(Accepted.class);
      }
    }

    assertThat(server.getReceivedMessages()).hasSize(2);
    MimeMessage received = server.getReceivedMessages()[0];
    MimeMultipart parts = (MimeMultipart) received.getContent();
    assertThat(received.getSubject()).isEqualTo("Grüße 🎉");
    assertThat(received.getFrom()[0].toString()).contains("=?UTF-8?");
    assertThat(received.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo(".\r\n..Hallo Wörld");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>.\r\n.Hallo Wörld</p>");
  }

  @Test
  void implicitTlsWithCredentialsIsUsed() throws Exception {
    try (SmtpRelay relay = relay(Tls.Implicit, SmtpCredentials.password("user", "secret"));
        RelaySession session = new RelaySession(relay, 100)) {
      server.setUser("user", "secret");

      assertThat(session.send(message("ada@example.com"))).isInstanceOf(Accepted.class);
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void wrongCredentialsAreRefused() throws Exception {
    try (SmtpRelay relay = relay(Tls.Implicit, SmtpCredentials.password("user", "wrong"));
        RelaySession session = new RelaySession(relay, 100)) {
      server.setUser("user", "secret");
      server.getManagers().getUserManager().setAuthRequired(true);

      RelayException refusal =
          catchThrowableOfType(RelayException.class, () -> session.send(message("a@example.com")));

      assertThat(refusal.reason()).isEqualTo(Reason.Authentication);
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }
}
