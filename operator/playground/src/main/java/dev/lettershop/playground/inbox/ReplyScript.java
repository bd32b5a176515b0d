package dev.lettershop.playground.inbox;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides what the server does, stage by stage, so that a test can make it behave as badly as real
 * ones do. Called from many connections at once; implementations are thread-safe.
 */
@FunctionalInterface
public interface ReplyScript {

  /** Accepts everything. */
  ReplyScript ACCEPT_ALL = (stage, exchange) -> Reply.ACCEPT;

  /**
   * @return never null
   */
  Reply at(Stage stage, Exchange exchange);

  /**
   * Where a session stands.
   *
   * @param connection number of the connection, from 1
   * @param transaction number of the mail transaction on this connection, from 1; 0 before any
   * @param sender the reverse-path, or null before MAIL
   * @param recipient the forward-path in question: at {@link Stage#Recipient} the one just named,
   *     later the last accepted one; null before any
   */
  record Exchange(long connection, int transaction, String sender, String recipient) {
    /** Names no address. */
    @Override
    public String toString() {
      return "Exchange[connection=" + connection + ", transaction=" + transaction + "]";
    }
  }

  /** This script, and where it accepts, the other. */
  default ReplyScript and(ReplyScript other) {
    return (stage, exchange) -> {
      Reply reply = at(stage, exchange);
      return reply instanceof Reply.Accept ? other.at(stage, exchange) : reply;
    };
  }

  /**
   * The reply to a share of the recipients at a stage from {@link Stage#Recipient} on. Which ones
   * depends on the address and the salt only, so that it is the same in every session and run.
   *
   * @param perMille 0 to 1000
   */
  static ReplyScript forShare(Stage stage, int perMille, int salt, Reply reply) {
    return (at, exchange) ->
        at == stage
                && exchange.recipient() != null
                && Math.floorMod((exchange.recipient().hashCode() ^ salt) * 0x9E3779B1 >>> 7, 1000)
                    < perMille
            ? reply
            : Reply.ACCEPT;
  }

  /** The reply to these recipients, compared as they are written. */
  static ReplyScript forRecipients(Stage stage, Set<String> recipients, Reply reply) {
    Set<String> named = Set.copyOf(recipients);
    return (at, exchange) ->
        at == stage && exchange.recipient() != null && named.contains(exchange.recipient())
            ? reply
            : Reply.ACCEPT;
  }

  /** The reply to the first so many times that the stage is reached, whoever is concerned. */
  static ReplyScript firstTimes(Stage stage, long times, Reply reply) {
    AtomicLong left = new AtomicLong(times);
    return (at, exchange) ->
        at == stage && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? reply : Reply.ACCEPT;
  }
}
