package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.message.MailAddress;
import dev.lettershop.delivery.message.OutboundMessage;
import java.nio.charset.StandardCharsets;

/** Messages to send in tests. */
final class TestMessages {
  private TestMessages() {}

  static OutboundMessage to(String recipient) {
    return to(recipient, "Subject: Hi\r\n\r\nHello\r\n");
  }

  static OutboundMessage to(String recipient, String content) {
    MailAddress address = MailAddress.parse(recipient).orElseThrow();
    return new OutboundMessage(
        "news@shop.example",
        address,
        content.getBytes(StandardCharsets.UTF_8),
        address.needsSmtpUtf8());
  }

  /** More than all socket buffers hold. */
  static OutboundMessage huge() {
    return to("ada@example.com", "Subject: Hi\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(400_000));
  }
}
