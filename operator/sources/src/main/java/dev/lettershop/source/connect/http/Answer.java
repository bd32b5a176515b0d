package dev.lettershop.source.connect.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a server answered.
 *
 * @param headers by name in lower case
 */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  boolean isRedirect() {
    return REDIRECTS.contains(status);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The first value, or null. */
  String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  List<String> all(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
