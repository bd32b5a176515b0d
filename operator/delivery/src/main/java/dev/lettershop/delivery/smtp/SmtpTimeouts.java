package dev.lettershop.delivery.smtp;

import java.time.Duration;

/**
 * How long to wait at each stage; each a positive time for the whole step, not for one packet.
 *
 * @param connect for the TCP connection
 * @param greeting for the first reply, for EHLO, and for a TLS handshake
 * @param command for MAIL, RCPT, AUTH and RSET
 * @param dataStart for the reply to DATA
 * @param dataBlock for the server to take the message
 * @param dataEnd for the reply to the final dot; giving up here leaves the message in doubt
 */
public record SmtpTimeouts(
    Duration connect,
    Duration greeting,
    Duration command,
    Duration dataStart,
    Duration dataBlock,
    Duration dataEnd) {

  /** RFC 5321 section 4.5.3.2, with 30 seconds to connect. */
  public static final SmtpTimeouts STANDARD =
      new SmtpTimeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10));

  /** The same time for each stage. */
  public static SmtpTimeouts all(Duration time) {
    return new SmtpTimeouts(time, time, time, time, time, time);
  }
}
