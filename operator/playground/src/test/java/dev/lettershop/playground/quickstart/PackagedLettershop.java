package dev.lettershop.playground.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process of its own, as the launcher starts it. */
final class PackagedLettershop {
  /** What a call gave. */
  record Result(int exitCode, String out, String err) {}

  private static final Path JAR = Path.of("target", "lettershop.jar");
  private static final long PATIENCE_SECONDS = 120;

  private final Path home = Path.of("..", "..").toAbsolutePath().normalize();
  private final Path scratch;

  /**
   * @param scratch a folder for what the process prints
   */
  PackagedLettershop(Path scratch) {
    this.scratch = scratch;
  }

  /** The source tree. */
  Path home() {
    return home;
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dlettershop.home=" + home);
    command.add("-jar");
    command.add(JAR.toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "stdout", ".txt");
    Path err = Files.createTempFile(scratch, "stderr", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .directory(scratch.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("not done after " + PATIENCE_SECONDS + " s; it said: " + text(err));
    }
    return new Result(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
