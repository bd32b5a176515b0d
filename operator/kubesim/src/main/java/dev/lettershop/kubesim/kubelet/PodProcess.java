package dev.lettershop.kubesim.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The process that stands for the container of a Pod. */
final class PodProcess {
  private static final int LONGEST_MESSAGE = 4096;

  private final Process process;
  private final Path terminationLog;
  private final Instant started;
  private volatile Instant finished;
  private boolean stopping;

  private PodProcess(Process process, Path terminationLog, Instant started) {
    this.process = process;
    this.terminationLog = terminationLog;
    this.started = started;
  }

  /**
   * @param environment all of it: nothing of this process is handed on
   * @param log takes what the process writes
   * @param onEnd called once when it has ended
   */
  static PodProcess start(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path log,
      Path terminationLog,
      Clock clock,
      Runnable onEnd) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      PodProcess started = new PodProcess(builder.start(), terminationLog, clock.instant());
      started
          .process
          .onExit()
          .thenRun(
              () -> {
                started.finished = clock.instant();
                onEnd.run();
              });
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.get(0), e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Instant started() {
    return started;
  }

  /** Null while it runs. */
  Instant finished() {
    return finished;
  }

  /** Of a signal 128 and its number. */
  int exitCode() {
    return process.exitValue();
  }

  /** What the process left behind for its Pod's status, or null. */
  String message() {
    try (InputStream in = Files.newInputStream(terminationLog)) {
      String text = new String(in.readNBytes(LONGEST_MESSAGE), StandardCharsets.UTF_8);
      return text.isEmpty() ? null : text;
    } catch (IOException e) {
      return null;
    }
  }

  /** Asks the process to end, and ends it when the time is up. */
  synchronized void stop(Duration grace) {
    if (!stopping) {
      stopping = true;
      process.destroy();
      CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::kill);
    }
  }

  /** Ends the process and what it started. */
  void kill() {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Waits for the end. */
  boolean await(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
