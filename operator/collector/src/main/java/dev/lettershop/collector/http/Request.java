package dev.lettershop.collector.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request, read to its end.
 *
 * @param method in capitals; a HEAD request comes as GET
 * @param path without query, as it was sent
 * @param parameters of the route's path, such as {@code token} of {@code /u/:token}
 * @param query the first value of each parameter, decoded
 * @param headers the first value of each header, names in lower case
 * @param body empty when there is none; at most as long as the route allows
 * @param client address of the client, behind the proxies that are trusted
 */
public record Request(
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    String client) {

  /** A header's value, or null. */
  public String header(String name) {
    return headers.get(name);
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Without what it says: that may be personal. */
  @Override
  public String toString() {
    return "Request[" + method + "]";
  }
}
