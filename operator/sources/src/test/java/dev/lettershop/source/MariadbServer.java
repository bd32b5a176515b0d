package dev.lettershop.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real MariaDB in a folder of its own, where the machine has the programs. */
final class MariadbServer implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final int port;

  private MariadbServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  static Optional<Path> program(String name) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static boolean isHere() {
    return program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
  }

  static MariadbServer start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("mariadb");
    String user = "--user=" + System.getProperty("user.name");
    run(
        folder,
        program("mariadb-install-db").orElseThrow().toString(),
        "--no-defaults",
        "--datadir=" + folder.resolve("data"),
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        user);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                program("mariadbd").orElseThrow().toString(),
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--innodb-buffer-pool-size=16M",
                "--innodb-flush-log-at-trx-commit=0",
                "--default-time-zone=+02:00",
                user)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    MariadbServer server = new MariadbServer(folder, process, port);
    server.await();
    return server;
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("install.log").toFile())
            .start();
    if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(Files.readString(folder.resolve("install.log")));
    }
  }

  private void await() throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (true) {
      try {
        execute("select 1");
        return;
      } catch (SQLException notYet) {
        if (!process.isAlive() || System.nanoTime() > until) {
          throw new IOException(Files.readString(folder.resolve("log")), notYet);
        }
        Thread.sleep(100);
      }
    }
  }

  int port() {
    return port;
  }

  void execute(String... statements) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "root");
    try (Connection connection =
            new org.mariadb.jdbc.Driver().connect("jdbc:mariadb://127.0.0.1:" + port + "/", login);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
