package dev.lettershop.playground.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has the tests' many processes of the packaged command line begin with its classes loaded: with an
 * archive that the first who asks makes. What they do is the same with and without it.
 */
public final class SharedClasses {
  private static final Path JAR = Path.of("target", "lettershop.jar").toAbsolutePath();
  private static final Path SAMPLES = Path.of("..", "..", "samples", "quickstart");
  private static final long PATIENCE_SECONDS = 600;
  private static List<String> options;

  private SharedClasses() {}

  /** For a Java that is given {@code -jar target/lettershop.jar}; empty when it cannot be done. */
  public static synchronized List<String> options() throws IOException, InterruptedException {
    if (options == null) {
      Path archive = Files.createTempDirectory("classes").resolve("lettershop.jsa");
      archive.toFile().deleteOnExit();
      archive.getParent().toFile().deleteOnExit();
      // Nothing to be said about an archive that another Java would have to do without.
      options =
          make(archive)
              ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds*=off")
              : List.of();
    }
    return options;
  }

  private static boolean make(Path archive) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-jar", JAR.toString()));
    command.addAll(List.of("lint", "-f", SAMPLES.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0 && Files.isRegularFile(archive);
  }
}
