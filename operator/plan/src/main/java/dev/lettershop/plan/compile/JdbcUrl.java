package dev.lettershop.plan.compile;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JDBC URL may say: a driver that there is, hosts, a database, and of the driver's
 * parameters those that only say how rows are read. Everything else is refused, whatever drivers
 * may add: their parameters load classes, read files, run statements and switch encryption off
 * (CVE-2022-21724). Credentials, encryption and timeouts are fields of the source.
 */
public final class JdbcUrl {
  private static final Set<String> MARIADB =
      Set.of("tinyInt1isBit", "transformedBitIsBoolean", "useCompression", "yearIsDateType");

  /** Parameters of each driver that a URL may set. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "postgresql",
          Set.of(
              "ApplicationName",
              "currentSchema",
              "hostRecheckSeconds",
              "loadBalanceHosts",
              "prepareThreshold",
              "targetServerType"),
          "mariadb",
          MARIADB,
          "mysql",
          MARIADB,
          "trino",
          Set.of("clientInfo", "clientTags", "disableCompression"));

  /** One host or several, each with a port or without; the database; parameters. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "jdbc:[a-z]++://[A-Za-z0-9._:,\\[\\]-]++(?:/[^?#;&()@=\\s]*+)?+(?:\\?([^#;\\s]*+))?+");

  private static final String REMOVE =
      "remove it; credentials come from credentialsSecretRef, encryption from tls";

  private JdbcUrl() {}

  /** {@code postgresql} of {@code jdbc:postgresql://…}. */
  public static String driver(String url) {
    int end = url.indexOf(':', 5);
    return end < 0 ? url : url.substring(Math.min(5, end), end);
  }

  /** What is wrong with a URL; the message names parameters and no values. */
  public static Optional<Problem> problem(String url) {
    Set<String> allowed = ALLOWED.get(driver(url));
    if (allowed == null) {
      return error(
          "no driver for jdbc:" + driver(url),
          "use jdbc:postgresql:, jdbc:mariadb:, jdbc:mysql: or jdbc:trino:");
    }
    Matcher shape = SHAPE.matcher(url);
    if (!shape.matches()) {
      return error(
          "is not a URL of hosts, a database and parameters",
          "write jdbc:" + driver(url) + "://host:port/database?name=value&name=value");
    }
    String parameters = shape.group(1);
    if (parameters == null || parameters.isEmpty()) {
      return Optional.empty();
    }
    for (String parameter : parameters.split("&", -1)) {
      String name = parameter.substring(0, Math.max(0, parameter.indexOf('=')));
      if (!allowed.contains(name)) {
        return error(
            name.matches("[A-Za-z0-9_.]{1,64}")
                ? "must not set \"" + name + "\""
                : "has a parameter without a plain name",
            DidYouMean.nearest(name, allowed)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(REMOVE + "; allowed are " + String.join(", ", new TreeSet<>(allowed))));
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> error(String message, String fix) {
    return Optional.of(Problem.error(null, message, fix));
  }
}
