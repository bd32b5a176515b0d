package dev.lettershop.source.connect.http;

import dev.lettershop.source.connect.ConnectorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** URLs of an API. */
final class Urls {
  private Urls() {}

  /**
   * @throws ConnectorException when it is not a URL of a host, or neither http nor https
   */
  static URI checked(String field, String url) throws ConnectorException {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw ConnectorException.misconfigured(
        field, "is not an http or https URL with a host", "write it as https://host/path", null);
  }

  /** Whether both are served by the same: scheme, host and port. */
  static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(String.valueOf(b.getHost()))
        && port(a) == port(b);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /** With a parameter of the query set, or replaced. */
  static URI with(URI url, String name, String value) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    StringBuilder query = new StringBuilder();
    String present = Objects.requireNonNullElse(url.getRawQuery(), "");
    for (String part : present.split("&")) {
      String key = part.contains("=") ? part.substring(0, part.indexOf('=')) : part;
      if (!part.isEmpty() && !key.equals(encoded)) {
        query.append(query.isEmpty() ? "" : "&").append(part);
      }
    }
    query
        .append(query.isEmpty() ? "" : "&")
        .append(encoded)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + "?" + query);
  }
}
