package dev.lettershop.playground.inbox;

import java.util.List;

/**
 * The SMTP envelope of one mail transaction (RFC 5321 §2.3.1).
 *
 * @param sender the reverse-path, empty for the null sender; never null
 * @param recipients the accepted forward-paths in order; never empty in a delivered message
 */
public record Envelope(String sender, List<String> recipients) {
  public Envelope {
    recipients = List.copyOf(recipients);
  }

  /** Names no address: envelopes get logged, people do not. */
  @Override
  public String toString() {
    return "Envelope[" + recipients.size() + " recipients]";
  }
}
