package dev.lettershop.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.message.MailAddress;
import dev.lettershop.delivery.message.MimeCorpus;
import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.testkit.FaultySmtpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mails go over the wire byte by byte, whatever is in them. */
@Timeout(60)
class CorpusTransferTest {

  @Test
  void eachMessageOfTheCorpusArrivesAsItIs() throws Exception {
    MailAddress to = MailAddress.parse("ada@example.com").orElseThrow();
    try (FaultySmtpServer server = new FaultySmtpServer(call -> null, "PIPELINING", "8BITMIME");
        SmtpRelay relay =
            new SmtpRelay(
                new SmtpSettings(
                    "127.0.0.1",
                    server.port(),
                    Tls.None,
                    null,
                    null,
                    null,
                    SmtpTimeouts.all(Duration.ofSeconds(20))));
        RelaySession session = new RelaySession(relay, 1000)) {
      for (var entry : MimeCorpus.messages().entrySet()) {
        byte[] content = MimeCorpus.onTheWire(entry.getValue());

        SmtpResult result =
            session.send(new OutboundMessage("news@shop.example", to, content, true));

        assertThat(result).as(entry.getKey()).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(server.received().get(server.received().size() - 1).content())
            .as(entry.getKey())
            .isEqualTo(content);
      }
      assertThat(server.received()).hasSize(80).allMatch(mail -> mail.connection() == 1);
    }
  }
}
