package dev.lettershop.source.connect.jdbc;

import dev.lettershop.api.v1alpha1.source.JdbcSource;
import dev.lettershop.resource.DurationText;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Reads rows in the order of the watermark column, from the highest value seen so far on, rows with
 * that value included: others of the same value may have been committed since. Those that were read
 * already are recognised by a digest.
 */
public final class JdbcConnector implements Connector {
  private final JdbcSource source;
  private final Driver driver;
  private final Credentials credentials;

  /** A driver for the URL, with the properties that say how to connect. */
  interface Driver {
    Connection connect(Credentials credentials) throws SQLException, ConnectorException;

    /** Whether the driver fetches rows in portions only outside of auto-commit. */
    boolean streamsInTransaction();

    /** An identifier as the database wants it. */
    String quoted(String identifier);
  }

  private JdbcConnector(JdbcSource source, Driver driver, Credentials credentials) {
    this.source = source;
    this.driver = driver;
    this.credentials = credentials;
  }

  /**
   * @throws ConnectorException when the URL names no database that is known, or sets what must not
   *     be set there
   */
  public static JdbcConnector of(JdbcSource source, Credentials credentials)
      throws ConnectorException {
    return new JdbcConnector(source, Drivers.of(source), credentials);
  }

  @Override
  public String origin() {
    return JsonRecords.write(
        List.of(
            "jdbc",
            withoutParameters(source.url()),
            String.valueOf(source.table()),
            String.valueOf(source.query()),
            String.valueOf(source.watermarkColumn())));
  }

  @Override
  public Pull open(String position) throws ConnectorException {
    JdbcPosition from =
        position == null ? null : JsonRecords.position(position, JdbcPosition.class);
    Statements statements = new Statements(source, driver::quoted);
    Connection connection = null;
    try {
      connection = driver.connect(credentials);
      connection.setReadOnly(true);
      connection.setAutoCommit(!driver.streamsInTransaction());
      return new JdbcPull(
          connection, statements, from, source.fetchSize(), seconds(source.timeout()), overlap());
    } catch (SQLException e) {
      close(connection);
      throw JdbcFailures.of(e);
    } catch (ConnectorException | RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private Duration overlap() {
    return source.overlap() == null ? Duration.ZERO : DurationText.parse(source.overlap());
  }

  private static int seconds(String duration) {
    return (int) Math.max(1, Math.min(DurationText.parse(duration).toSeconds(), Integer.MAX_VALUE));
  }

  private static void close(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException ignored) {
      // What went wrong before is what matters.
    }
  }

  private static String withoutParameters(String url) {
    int end = url.indexOf('?');
    return end < 0 ? url : url.substring(0, end);
  }
}
