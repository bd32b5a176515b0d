package dev.lettershop.source.connect.jdbc;

import dev.lettershop.source.connect.ConnectorException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JDBC URL may say, and what it must leave to the fields of the source. */
final class JdbcUrl {
  private static final Pattern PARAMETER = Pattern.compile("[?&;]([^=?&;]+)=");

  /**
   * Parts of the names of parameters that name classes to load, files to read or how to log in: a
   * URL must not turn into code (CVE-2022-21724), nor switch off what {@code tls} asks for.
   */
  private static final Pattern KEPT =
      Pattern.compile(
          "factory|class|plugin|ssl|tls|cert|truststore|keystore|password|pwd|user|token|localinfile"
              + "|allowmultiqueries|logger|file|init|service|krb|jaas|autodeserialize");

  private JdbcUrl() {}

  /** {@code postgresql} of {@code jdbc:postgresql://…}. */
  static String subprotocol(String url) {
    int end = url.indexOf(':', 5);
    return end < 0 ? url : url.substring(5, end);
  }

  static String withoutParameters(String url) {
    int end = url.indexOf('?');
    return end < 0 ? url : url.substring(0, end);
  }

  /**
   * @throws ConnectorException when a parameter is one that the URL must not set
   */
  static void check(String url) throws ConnectorException {
    Matcher parameter = PARAMETER.matcher(url);
    while (parameter.find()) {
      String name = parameter.group(1);
      if (KEPT.matcher(name.toLowerCase(Locale.ROOT)).find()) {
        throw ConnectorException.misconfigured(
            "spec.jdbc.url",
            "must not set \"" + name + "\"",
            "remove it; credentials come from credentialsSecretRef, encryption from tls",
            null);
      }
    }
  }
}
