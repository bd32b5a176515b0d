package dev.lettershop.playground.kill;

import dev.lettershop.playground.inbox.Stage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link MailServer} as a process, on a port that stays the same. */
final class KillableMailServer implements AutoCloseable {
  private final int port;
  private final Path taken;
  private Process process;

  private KillableMailServer(int port, Path taken) {
    this.port = port;
    this.taken = taken;
  }

  static KillableMailServer start(int port, Path taken) throws IOException {
    Files.createFile(taken);
    KillableMailServer server = new KillableMailServer(port, taken);
    server.startAgain();
    return server;
  }

  /** One line for each message: recipient and Message-ID. */
  List<String> taken() throws IOException {
    return Files.readAllLines(taken);
  }

  /** It dies when a session next comes to this stage. */
  void dieAt(Stage stage) throws IOException {
    process.getOutputStream().write((stage + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  boolean isDead() {
    return !process.isAlive();
  }

  void startAgain() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                MailServer.class.getName(),
                String.valueOf(port),
                taken.toString())
            .redirectError(new File("/dev/null"))
            .start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()));
    if (!"ready".equals(out.readLine())) {
      throw new IOException("The SMTP server did not start");
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
