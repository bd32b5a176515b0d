package dev.lettershop.playground.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL as a child process on a free port of the loopback interface, with one empty database
 * in it. Anybody on this machine may connect. Made to be thrown away, with nothing flushed to disk,
 * or {@linkplain #kept kept}.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String NAME = "lettershop";
  private static final int SHARED_BUFFERS = 128;

  private final EmbeddedPostgres server;
  private final Path data;

  private EmbeddedDatabase(EmbeddedPostgres server, Path data) {
    this.server = server;
    this.data = data;
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
    return withDatabase(
        dataDirectory,
        builder(dataDirectory, sharedBuffers)
            .setCleanDataDirectory(true)
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .start());
  }

  /**
   * Starts a server whose data stay: a crash loses nothing, and {@link #close()} leaves the folder.
   * Its process goes on when this one is killed: {@link #endLeft} before the next start.
   *
   * @param dataDirectory missing, or what an earlier call left
   * @param port that it listens on
   * @throws IOException when PostgreSQL does not start
   */
  public static EmbeddedDatabase kept(Path dataDirectory, int port) throws IOException {
    Path complete = dataDirectory.resolveSibling(dataDirectory.getFileName() + "-is-complete");
    if (!Files.exists(complete)) {
      // What was killed while it was being made is made anew.
      delete(dataDirectory);
    }
    EmbeddedDatabase database =
        withDatabase(
            dataDirectory,
            builder(dataDirectory, SHARED_BUFFERS)
                .setCleanDataDirectory(false)
                // It has to outlive the end of a run that was told to stop.
                .setRegisterShutdownHook(false)
                .setPort(port)
                .start());
    Files.writeString(complete, "");
    return database;
  }

  /**
   * Ends a server that goes on since the command that had started it was killed. To be called only
   * by whoever has the folder for himself.
   *
   * @param dataDirectory of {@link #kept}
   * @throws IOException when it does not end
   */
  public static void endLeft(Path dataDirectory) throws IOException, InterruptedException {
    LeftServer.end(dataDirectory);
  }

  /** Its process; empty when it has ended. */
  public Optional<ProcessHandle> process() throws IOException {
    return LeftServer.process(data);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static EmbeddedPostgres.Builder builder(Path dataDirectory, int sharedBuffers) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(dataDirectory)
        // The same order and the same letters on every machine, whatever its locales are.
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("locale", "C")
        .setServerConfig("shared_buffers", sharedBuffers + "MB")
        .setServerConfig("max_connections", "60");
  }

  private static EmbeddedDatabase withDatabase(Path data, EmbeddedPostgres server)
      throws IOException {
    EmbeddedDatabase database = new EmbeddedDatabase(server, data);
    try {
      database.require(NAME);
      return database;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Makes a database unless it exists.
   *
   * @param name of letters, digits and underscores
   * @throws IOException when it cannot be made
   */
  public void require(String name) throws IOException {
    if (!name.matches("[a-z0-9_]{1,63}")) {
      throw new IllegalArgumentException("not the name of a database: " + name);
    }
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE " + name);
      }
    } catch (SQLException e) {
      throw new IOException(
          "PostgreSQL started but would not make the database " + name + ": " + e.getMessage(), e);
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
   * Stops the server and, unless they are kept, removes its files.
   *
   * @throws IOException when they cannot be removed
   */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
