package dev.lettershop.source.connect.jdbc;

import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.source.JdbcSource;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.plan.compile.JdbcUrl;
import dev.lettershop.resource.DurationText;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The drivers that there are. Each is made only when a URL asks for it: Trino's alone takes longer
 * to load than many a command takes to run.
 */
final class Drivers {
  private static final int CONNECT_SECONDS = 10;

  private Drivers() {}

  /** Sets the properties of one driver. */
  private interface Dialect {
    /**
     * @param ca file with the CA certificates, or null for the public ones
     */
    void set(Properties properties, TlsMode tls, Path ca, int seconds);
  }

  /**
   * @throws ConnectorException when there is no driver for the URL, or it sets what it must not
   */
  static JdbcConnector.Driver of(JdbcSource source) throws ConnectorException {
    Problem wrong = JdbcUrl.problem(source.url()).orElse(null);
    if (wrong != null) {
      throw ConnectorException.misconfigured("spec.jdbc.url", wrong.message(), wrong.fix(), null);
    }
    return switch (JdbcUrl.driver(source.url())) {
      case "postgresql" ->
          new Known(
              source, source.url(), org.postgresql.Driver::new, Drivers::postgresql, '"', true);
      case "mariadb" ->
          new Known(
              source, source.url(), org.mariadb.jdbc.Driver::new, Drivers::mariadb, '`', false);
      case "mysql" ->
          new Known(
              source,
              "jdbc:mariadb" + source.url().substring("jdbc:mysql".length()),
              org.mariadb.jdbc.Driver::new,
              Drivers::mariadb,
              '`',
              false);
      case "trino" ->
          new Known(
              source, source.url(), io.trino.jdbc.TrinoDriver::new, Drivers::trino, '"', false);
      default -> throw new IllegalStateException("No driver for an allowed URL");
    };
  }

  /** Makes a driver; some say that their constructor may fail. */
  private interface Made {
    java.sql.Driver make() throws SQLException;
  }

  private record Known(
      JdbcSource source,
      String url,
      Made driver,
      Dialect dialect,
      char quote,
      boolean streamsInTransaction)
      implements JdbcConnector.Driver {

    @Override
    public Connection connect(Credentials credentials) throws SQLException, ConnectorException {
      Properties properties = new Properties();
      LocalRef login = source.credentialsSecretRef();
      if (login != null) {
        String field = "spec.jdbc.credentialsSecretRef";
        properties.setProperty("user", credentials.require(field, login.name(), "username"));
        String password = credentials.require(field, login.name(), "password");
        if (!password.isEmpty()) {
          properties.setProperty("password", password);
        }
      }
      Path ca = null;
      try {
        ca = ca(credentials);
        long seconds = DurationText.parse(source.timeout()).toSeconds();
        dialect.set(
            properties,
            source.tls().mode(),
            ca,
            (int) Math.max(1, Math.min(seconds, Integer.MAX_VALUE / 1000)));
        Connection connection = driver.make().connect(url, properties);
        if (connection == null) {
          throw ConnectorException.misconfigured(
              "spec.jdbc.url",
              "is not a URL that its driver knows",
              "see the driver's manual",
              null);
        }
        return connection;
      } finally {
        delete(ca);
      }
    }

    private Path ca(Credentials credentials) throws ConnectorException {
      SecretKeyRef ref = source.tls().caSecretRef();
      if (ref == null) {
        return null;
      }
      String pem = credentials.require("spec.jdbc.tls.caSecretRef", ref.name(), ref.key());
      try {
        return Files.writeString(Files.createTempFile("lettershop-source-ca-", ".pem"), pem);
      } catch (IOException e) {
        throw ConnectorException.unavailable(
            "spec.jdbc.tls.caSecretRef",
            "the certificates cannot be written to a temporary file",
            "is there room, and may this user write?",
            e);
      }
    }

    private static void delete(Path file) {
      try {
        if (file != null) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }

    @Override
    public String quoted(String identifier) {
      return quote + identifier.replace("" + quote, "" + quote + quote) + quote;
    }
  }

  private static void postgresql(Properties properties, TlsMode tls, Path ca, int seconds) {
    properties.setProperty("ApplicationName", "lettershop");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(seconds));
    properties.setProperty("tcpKeepAlive", "true");
    // The server's details name values of rows.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty(
        "sslmode",
        switch (tls) {
          case Disable -> "disable";
          case Require -> "require";
          case VerifyCa -> "verify-ca";
          case VerifyFull -> "verify-full";
        });
    if (ca != null) {
      properties.setProperty("sslrootcert", ca.toString());
    } else if (tls == TlsMode.VerifyFull) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  private static void mariadb(Properties properties, TlsMode tls, Path ca, int seconds) {
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS * 1000));
    properties.setProperty("socketTimeout", Integer.toString(seconds * 1000));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("allowLocalInfile", "false");
    properties.setProperty("useServerPrepStmts", "true");
    // Times without a zone are taken as UTC, and those with one come as UTC.
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    properties.setProperty(
        "sslMode",
        switch (tls) {
          case Disable -> "disable";
          case Require -> "trust";
          case VerifyCa -> "verify-ca";
          case VerifyFull -> "verify-full";
        });
    if (ca != null) {
      properties.setProperty("serverSslCert", ca.toString());
    }
  }

  private static void trino(Properties properties, TlsMode tls, Path ca, int seconds) {
    properties.setProperty("source", "lettershop");
    properties.setProperty("timezone", "UTC");
    if (!properties.containsKey("user")) {
      properties.setProperty("user", "lettershop");
    }
    if (tls == TlsMode.Disable) {
      // Trino takes passwords over TLS only; without TLS the user's name is all there is.
      properties.remove("password");
      return;
    }
    properties.setProperty("SSL", "true");
    properties.setProperty(
        "SSLVerification",
        switch (tls) {
          case Require -> "NONE";
          case VerifyCa -> "CA";
          default -> "FULL";
        });
    if (ca != null) {
      properties.setProperty("SSLTrustStorePath", ca.toString());
      properties.setProperty("SSLTrustStoreType", "PEM");
    }
  }
}
