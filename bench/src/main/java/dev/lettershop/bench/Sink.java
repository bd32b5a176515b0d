package dev.lettershop.bench;

import dev.lettershop.playground.inbox.CountingSink;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that throws mails away: Postfix's {@code smtp-sink} where it is installed, else one in
 * this process.
 */
final class Sink implements AutoCloseable {
  private static final Path SMTP_SINK = Path.of("/usr/sbin/smtp-sink");
  private static final Path SMTP_SOURCE = Path.of("/usr/sbin/smtp-source");

  private final Process process;
  private final SmtpInbox inbox;
  private final int port;

  private Sink(Process process, SmtpInbox inbox, int port) {
    this.process = process;
    this.inbox = inbox;
    this.port = port;
  }

  static Sink start() throws Exception {
    if (!Files.isExecutable(SMTP_SINK)) {
      SmtpInbox inbox = SmtpInbox.start(new CountingSink());
      return new Sink(null, inbox, inbox.port());
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(SMTP_SINK.toString()));
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to go on as root.
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(List.of("127.0.0.1:" + port, "1000"));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Sink sink = new Sink(process, null, port);
    sink.awaitReady();
    return sink;
  }

  private void awaitReady() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Socket probe = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IOException("smtp-sink does not answer on port " + port);
  }

  int port() {
    return port;
  }

  String name() {
    return process == null ? "a sink in Java" : "smtp-sink";
  }

  /** What {@code smtp-source} reaches here, in mails a second; null where it is not installed. */
  static Double sourcePerSecond(int port, int connections, long bytes, long messages)
      throws Exception {
    if (!Files.isExecutable(SMTP_SOURCE)) {
      return null;
    }
    long start = System.nanoTime();
    int exit =
        new ProcessBuilder(
                SMTP_SOURCE.toString(),
                "-s",
                String.valueOf(connections),
                "-l",
                String.valueOf(bytes),
                "-m",
                String.valueOf(messages),
                "-d",
                "-f",
                "news@shop.example",
                "-t",
                "one@people.example",
                "127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("smtp-source ended with " + exit);
    }
    return messages / ((System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroy();
    }
    if (inbox != null) {
      inbox.close();
    }
  }
}
