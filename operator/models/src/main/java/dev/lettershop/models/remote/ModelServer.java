package dev.lettershop.models.remote;

import java.io.IOException;
import java.time.Duration;

/** A server that says scores. Thread-safe. */
@FunctionalInterface
public interface ModelServer {
  /**
   * Sends one request, and does not repeat it.
   *
   * @param path from the server's root, such as {@code /invocations}
   * @param json the body
   * @throws java.net.SocketTimeoutException when the answer takes too long
   * @throws IOException when there is none, or it is too large
   */
  Reply post(String path, byte[] json) throws IOException;

  /**
   * What a server answered.
   *
   * @param retryAfter for how long the server wants to be left alone; null when it does not say
   */
  record Reply(int status, byte[] body, Duration retryAfter) {}
}
