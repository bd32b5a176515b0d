package dev.lettershop.cli.pod;

import dev.lettershop.cli.output.ErrorReport;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.status.ApiServer;
import dev.lettershop.worker.status.StatusPatch;
import dev.lettershop.worker.status.StatusReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Does a Pod's work, and sees to it that whoever started it learns how it ended: from the status,
 * the termination message and the exit code.
 */
public final class PodJob {
  private final CommandLine commandLine;
  private final PodOptions options;
  private final OutputFormat output;
  private final List<Thread> once = new ArrayList<>();
  private StatusReporter reporter;

  public PodJob(CommandLine commandLine, PodOptions options) {
    this(commandLine, options, OutputFormat.text);
  }

  /**
   * @param output how the result is printed: as a sentence, or as what goes into the status
   */
  public PodJob(CommandLine commandLine, PodOptions options, OutputFormat output) {
    this.commandLine = commandLine;
    this.options = options;
    this.output = output;
  }

  /** Does the work until it is done, fails, or is cancelled by a signal. */
  public int run(PodWork work) throws Exception {
    Cancellation cancellation = new Cancellation();
    return CancelOnSignal.call(
        cancellation::cancel,
        () -> run(work, cancellation),
        () -> leave(work.failed(Failure.notInTime()).message()));
  }

  /**
   * Reports status from now on, if there is somebody to report to.
   *
   * @param namespace of the object, unless the service account says otherwise
   * @param plural of its kind
   * @param status what is reported now and then; null for nothing before the end
   */
  public void report(String namespace, String plural, String name, Supplier<?> status) {
    Optional<ApiServer> server = options.apiServer(System.getenv());
    if (server.isEmpty()) {
      say("Runs without a service account: no status is written");
      return;
    }
    StatusPatch patch = patch(server.get(), namespace, plural, name);
    reporter = new StatusReporter(patch, note -> say("Note: " + note));
    reporter.start(status);
  }

  /**
   * Reports once, if there is somebody to report to; tried a single time, because nothing depends
   * on it. The work goes on meanwhile.
   */
  public void reportOnce(String namespace, String plural, String name, Object status) {
    Optional<ApiServer> server = options.apiServer(System.getenv());
    if (server.isEmpty()) {
      return;
    }
    Thread thread =
        new Thread(
            () -> write(patch(server.get(), namespace, plural, name), status), "status-" + name);
    thread.setDaemon(true);
    thread.start();
    once.add(thread);
  }

  private static void write(StatusPatch patch, Object status) {
    try {
      patch.patch(status);
    } catch (IOException | RuntimeException e) {
      // What is reported all the time says when nobody listens; once is enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static StatusPatch patch(ApiServer server, String namespace, String plural, String name) {
    return new StatusPatch(server, server.namespace().orElse(namespace), plural, name);
  }

  private int run(PodWork work, Cancellation cancellation) {
    JobEnd end;
    try {
      end = work.run(cancellation);
      print(end);
    } catch (Exception e) {
      Failure failure = Failure.of(e);
      ErrorReport.print(failure, commandLine);
      end = work.failed(failure);
    }
    if (reporter != null) {
      reporter.end(end.status());
    }
    awaitOnce();
    leave(end.message());
    return end.exitCode();
  }

  private void print(JobEnd end) {
    if (output == OutputFormat.json) {
      Json.print(commandLine.getOut(), end.status());
    } else {
      commandLine.getOut().println(end.message().message());
      commandLine.getOut().flush();
    }
  }

  /** Lets what is reported once be written, if that can be soon. */
  private void awaitOnce() {
    long until = System.nanoTime() + StatusReporter.LAST_WORDS.toNanos();
    try {
      for (Thread thread : once) {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave(TerminationMessage message) {
    Path file = options.terminationLog();
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, message.format());
    } catch (IOException e) {
      say("The termination message cannot be written to " + file);
    }
  }

  private void say(String sentence) {
    commandLine.getErr().println(sentence);
    commandLine.getErr().flush();
  }
}
