package dev.lettershop.playground.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * PostgreSQL as a child process on a free port of the loopback interface, with one empty database
 * in it. Made to be thrown away: nothing is flushed to disk, anybody on this machine may connect.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String NAME = "lettershop";
  private static final int SHARED_BUFFERS = 128;

  private final EmbeddedPostgres server;

  private EmbeddedDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server; about 2 s, the first time on a machine 5 s.
   *
   * @param dataDirectory a folder that is missing or empty; gone after {@link #close()}
   * @throws IOException when PostgreSQL does not start
   */
  public static EmbeddedDatabase start(Path dataDirectory) throws IOException {
    return start(dataDirectory, SHARED_BUFFERS);
  }

  /**
   * The same with memory for more data.
   *
   * @param sharedBuffers megabytes that hold pages of tables and indexes
   */
  public static EmbeddedDatabase start(Path dataDirectory, int sharedBuffers) throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(dataDirectory)
            .setCleanDataDirectory(true)
            // The same order and the same letters on every machine, whatever its locales are.
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setLocaleConfig("locale", "C")
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("shared_buffers", sharedBuffers + "MB")
            .setServerConfig("max_connections", "60")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + NAME);
      return new EmbeddedDatabase(server);
    } catch (SQLException e) {
      server.close();
      throw new IOException(
          "PostgreSQL started but would not make the database " + NAME + ": " + e.getMessage(), e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return server.getPort();
  }

  public String database() {
    return NAME;
  }

  public String username() {
    return "postgres";
  }

  /** Never asked for: the server trusts whoever is on this machine. */
  public String password() {
    return "postgres";
  }

  /** A connection of the caller's own. */
  public Connection connect() throws SQLException {
    return server.getDatabase(username(), NAME).getConnection();
  }

  /**
   * Stops the server and removes its files.
   *
   * @throws IOException when they cannot be removed
   */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
