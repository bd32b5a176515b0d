package dev.lettershop.collector.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer.
 *
 * @param headers in the order in which they are sent
 */
public record Response(int status, Map<String, String> headers, byte[] body) {
  private static final byte[] NOTHING = {};

  public Response {
    headers = Map.copyOf(headers);
  }

  /** An answer without a body. */
  public static Response of(int status) {
    return new Response(status, Map.of(), NOTHING);
  }

  /** Plain text in UTF-8. */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text);
  }

  /** A page in UTF-8. */
  public static Response html(int status, String html) {
    return of(status, "text/html; charset=utf-8", html);
  }

  public static Response of(int status, String contentType, String text) {
    return new Response(
        status, Map.of("content-type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with one more header. */
  public Response with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, more, body);
  }

  @Override
  public String toString() {
    return "Response[" + status + "]";
  }
}
