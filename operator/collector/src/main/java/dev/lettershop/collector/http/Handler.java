package dev.lettershop.collector.http;

/** Answers a request on a thread that may wait. */
@FunctionalInterface
public interface Handler {
  /**
   * @throws RuntimeException when it cannot be answered: the client gets 500 and may try again
   */
  Response handle(Request request);
}
