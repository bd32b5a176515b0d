package dev.lettershop.playground.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that goes on after the command that had started it was killed. */
final class LeftServer {
  private static final long PATIENCE_SECONDS = 20;

  private LeftServer() {}

  /**
   * Ends it. To be called only by whoever holds the lock of the folder, so that nobody uses it.
   *
   * @param data its data directory
   * @throws IOException when it does not end
   */
  static void end(Path data) throws IOException, InterruptedException {
    Optional<ProcessHandle> left = process(data);
    if (left.isEmpty()) {
      return;
    }
    ProcessHandle server = left.get();
    server.destroy();
    if (!hasEnded(server)) {
      server.destroyForcibly();
      if (!hasEnded(server)) {
        throw new IOException(
            "the PostgreSQL of an earlier call, process " + server.pid() + ", does not end");
      }
    }
  }

  private static boolean hasEnded(ProcessHandle server) throws InterruptedException {
    try {
      server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Waiting for a process does not fail", e);
    }
  }

  /**
   * The server that uses a data directory. The number may belong to another process by now.
   *
   * @param data its data directory
   */
  static Optional<ProcessHandle> process(Path data) throws IOException {
    Path mark = data.resolve("postmaster.pid");
    if (!Files.exists(mark)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(mark);
    return lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
            .filter(ProcessHandle::isAlive)
            .filter(process -> process.info().command().orElse("").contains("postgres"));
  }
}
