package dev.lettershop.playground.packaged;

import dev.lettershop.playground.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process of its own, as the launcher starts it. */
public final class PackagedLettershop {
  /** What a call gave. */
  public record Result(int exitCode, String out, String err) {}

  private static final Path JAR = Path.of("target", "lettershop.jar");
  private static final Path CONTROLLER =
      Path.of("..", "controller", "target", "quarkus-app", "quarkus-run.jar");
  private static final Path COLLECTOR =
      Path.of("..", "collector", "target", "quarkus-app", "quarkus-run.jar");
  private static final long PATIENCE_SECONDS = 600;

  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  private final Path scratch;

  /**
   * @param scratch a folder for what the process prints
   */
  public PackagedLettershop(Path scratch) {
    this.scratch = scratch;
  }

  /** The source tree. */
  public Path home() {
    return HOME;
  }

  /** Runs a command to its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    Running running = start(arguments);
    if (!running.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      running.process().destroyForcibly();
      throw new IOException(
          "not done after " + PATIENCE_SECONDS + " s; it said: " + text(running.err()));
    }
    return running.result();
  }

  /** The same command within this process: for most cases, and for asking again and again. */
  public static Result here(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine(Clock.systemUTC())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  /** What its arguments follow. */
  public static List<String> command() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(SharedClasses.options());
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dlettershop.home=" + HOME);
    command.add("-Dlettershop.controller=" + CONTROLLER.toAbsolutePath().normalize());
    command.add("-Dlettershop.collector=" + COLLECTOR.toAbsolutePath().normalize());
    command.add("-jar");
    command.add(JAR.toAbsolutePath().toString());
    return command;
  }

  /** Starts a command that goes on. */
  public Running start(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "stdout", ".txt");
    Path err = Files.createTempFile(scratch, "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .directory(scratch.toFile());
    builder.environment().remove("KUBECONFIG");
    Process process = builder.start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  /** A command under way, and the files that it prints to. */
  public record Running(Process process, Path out, Path err) {
    /** What it gave; it has ended. */
    Result result() throws IOException {
      return new Result(process.exitValue(), text(out), text(err));
    }

    /** What it has said so far on standard error. */
    public String said() throws IOException {
      return text(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
