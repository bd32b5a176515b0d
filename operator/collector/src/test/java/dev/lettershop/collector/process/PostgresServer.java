package dev.lettershop.collector.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL that can be killed with SIGKILL and started again on the same files and port. What
 * it has committed is on disk ({@code fsync} and {@code synchronous_commit} are on).
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path data;
  private final Path binary;
  private final int port;
  private final Path log;
  private Process process;

  private PostgresServer(Path data, Path binary, int port, Path log) {
    this.data = data;
    this.binary = binary;
    this.port = port;
    this.log = log;
  }

  /** Unpacks the binaries, makes the database and starts it. */
  public static PostgresServer start(Path folder) throws IOException {
    Path data = folder.resolve("postgresql");
    Path binary;
    int port;
    try (EmbeddedPostgres first =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setLocaleConfig("locale", "C")
            .start()) {
      port = first.getPort();
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      binary = Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow());
    }
    PostgresServer server =
        new PostgresServer(data, binary, port, folder.resolve("postgresql.log"));
    server.startAgain();
    return server;
  }

  public int port() {
    return port;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?currentSchema=lettershop",
        "postgres",
        "unused");
  }

  /** SIGKILL for the server; its children follow. */
  public void kill() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    // Backends notice at their next wait; a server that starts again waits for the last of them.
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts it, as often as it takes until the shared memory of the last one is free. */
  public void startAgain() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (process == null || !process.isAlive()) {
                launch();
              }
              return answers();
            });
  }

  private void launch() throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // PostgreSQL does not run as root.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            binary.toString(),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on",
            "-c",
            "shared_buffers=64MB",
            "-c",
            "max_connections=100"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  private boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
