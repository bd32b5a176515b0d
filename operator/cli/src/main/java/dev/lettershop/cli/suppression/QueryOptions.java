package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.suppression.SuppressionQuery;
import dev.lettershop.store.suppression.SuppressionReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which suppressions are meant. */
final class QueryOptions {
  @Option(names = "--email", paramLabel = "ADDRESS", description = "The one of this address.")
  private String email;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "The one of this domain, and those of addresses of profiles in it.")
  private String domain;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Those with this reason: ${COMPLETION-CANDIDATES}.")
  private SuppressionReason reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Those added from this time on: 2026-11-30T09:00:00Z, or 24h for the last day.")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Those added before this time, written as for --since.")
  private String until;

  private final Clock clock = Clock.systemUTC();

  /**
   * @throws UsageException when an option cannot be read
   */
  SuppressionQuery query() {
    return new SuppressionQuery(
        email == null ? null : address(email),
        domain == null ? null : domain(domain),
        reason,
        moment("--since", since),
        moment("--until", until));
  }

  static String address(String email) {
    if (EmailKey.of(email).isEmpty()) {
      throw new UsageException("--email is not an address that mail can be sent to");
    }
    return email;
  }

  static String domain(String domain) {
    return EmailKey.domainOf(domain)
        .orElseThrow(() -> new UsageException("--domain " + domain + " is not a domain"));
  }

  private Instant moment(String option, String text) {
    if (text == null) {
      return null;
    }
    Optional<Duration> ago = DurationText.read(text);
    if (ago.isPresent()) {
      return clock.instant().minus(ago.get());
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          option
              + " "
              + text
              + " is not a time; write 2026-11-30T09:00:00Z, or how long ago, such as 24h");
    }
  }
}
