package dev.lettershop.playground.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.playground.packaged.SharedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged command line as a process of its own. */
final class RunProcess {
  private static final Path JAR = Path.of("target/lettershop.jar").toAbsolutePath();

  private final Process process;
  private final Path stdout;
  private final Path stderr;

  /** What a finished process left. */
  public record Result(int exitCode, String stdout, String stderr) {
    public String all() {
      return stdout + "\n" + stderr;
    }
  }

  private RunProcess(Process process, Path stdout, Path stderr) {
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Starts {@code lettershop} with these arguments. */
  static RunProcess start(Path scratch, String... arguments)
      throws IOException, InterruptedException {
    assertThat(JAR).as("the packaged jar").exists();
    Path stdout = Files.createTempFile(scratch, "stdout", ".txt");
    Path stderr = Files.createTempFile(scratch, "stderr", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(SharedClasses.options());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    return new RunProcess(process, stdout, stderr);
  }

  static Result run(Path scratch, String... arguments) throws Exception {
    return start(scratch, arguments).result();
  }

  /**
   * Waits, then kills with SIGKILL.
   *
   * @return whether it was still running
   */
  boolean killAfter(long millis) throws InterruptedException {
    if (endedWithin(millis)) {
      return false;
    }
    process.destroyForcibly();
    process.waitFor();
    return true;
  }

  /** Asks it to stop, as Kubernetes does (SIGTERM). */
  void terminate() {
    process.destroy();
  }

  /** Waits at most so long. */
  boolean endedWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  Result result() throws Exception {
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("process ends").isTrue();
    return new Result(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
  }
}
