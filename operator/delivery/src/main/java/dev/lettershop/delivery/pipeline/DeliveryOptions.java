package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.RetryPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * How one process sends one run.
 *
 * @param connections to the relay at a time; at least 1
 * @param composers threads that render; at least 1
 * @param messagesPerConnection before a connection is replaced; at least 1
 * @param claim recipients claimed at a time, at least 1; so few where mails go out slowly that
 *     nobody waits long between the last look at their consent and the mail
 * @param perDomain messages under way to one domain at a time, 0 for any number
 * @param retries for temporary failures
 * @param resendUncertain whether a message whose reply was lost is sent again
 * @param deadline after which nothing more is handed over, or null
 * @param relayPatience how long a relay that worked may fail before the run gives up
 * @param waitsForRelay whether a relay that cannot be reached from the start is waited for as well
 * @param linger how long the run is watched for new recipients after the last one; zero to end with
 *     it
 */
public record DeliveryOptions(
    int connections,
    int composers,
    int messagesPerConnection,
    int claim,
    int perDomain,
    RetryPolicy retries,
    boolean resendUncertain,
    Instant deadline,
    Duration relayPatience,
    boolean waitsForRelay,
    Duration linger) {

  /** Recipients claimed ahead; bounds memory together with {@link #COMPOSED}. */
  static final int CLAIM = 500;

  /** Messages that are ready but not marked. */
  static final int COMPOSED = 128;

  /** Most outcomes written in one statement. */
  static final int RECORD = 500;

  /** How long an outcome waits at most for others, so that they share a transaction. */
  static final Duration COMPANY = Duration.ofMillis(5);

  /** How long an idle connection is kept. */
  static final Duration IDLE = Duration.ofSeconds(10);

  /**
   * How long recording is tried again when the database fails: as long as it may need to restart.
   */
  static final Duration LEDGER_PATIENCE = Duration.ofSeconds(60);

  public DeliveryOptions {
    if (connections < 1 || composers < 1 || messagesPerConnection < 1 || claim < 1) {
      throw new IllegalArgumentException(
          "Sending needs a connection, a composer, a message per connection and a recipient");
    }
  }

  /** Ten connections, no limit, no deadline. */
  public static DeliveryOptions standard() {
    return new DeliveryOptions(
        10,
        Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())),
        1000,
        CLAIM,
        0,
        RetryPolicy.STANDARD,
        false,
        null,
        Duration.ofMinutes(10),
        false,
        Duration.ZERO);
  }

  public DeliveryOptions withConnections(int connections) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  public DeliveryOptions withClaim(int claim) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  public DeliveryOptions withPerDomain(int perDomain) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  public DeliveryOptions withRetries(RetryPolicy retries) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  public DeliveryOptions withResendUncertain(boolean resendUncertain) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  public DeliveryOptions withDeadline(Instant deadline) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  public DeliveryOptions withRelayPatience(Duration relayPatience) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        linger);
  }

  /** Waits so long for a relay that is away, also from the start. */
  public DeliveryOptions waitingForRelay(Duration patience) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        patience,
        true,
        linger);
  }

  /** Watches for recipients who come later, so long after the last one. */
  public DeliveryOptions lingering(Duration time) {
    return new DeliveryOptions(
        connections,
        composers,
        messagesPerConnection,
        claim,
        perDomain,
        retries,
        resendUncertain,
        deadline,
        relayPatience,
        waitsForRelay,
        time);
  }
}
