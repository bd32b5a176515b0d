package dev.lettershop.browser;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium that reaches nothing but files. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long DEADLINE_SECONDS = 600;

  private final Path binary;
  private final Path scratch;

  private Chromium(Path binary, Path scratch) {
    this.binary = binary;
    this.scratch = scratch;
  }

  /** The one that CHROMIUM names, else the first on the path. */
  static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param scratch an empty folder for what it leaves behind
   */
  static Chromium in(Path scratch) {
    return new Chromium(find().orElseThrow(), scratch);
  }

  /**
   * Opens a page, lets its scripts come to an end, and says what is in it then.
   *
   * @param fragment what stands behind the address, such as {@code #mail=1}, or empty
   */
  String dom(Path page, String fragment) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--user-data-dir=" + Files.createTempDirectory(scratch, "profile"),
            "--allow-file-access-from-files",
            "--virtual-time-budget=60000",
            "--window-size=1500,1000",
            "--dump-dom"));
    command.add(page.toUri() + fragment);
    Path out = Files.createTempFile(scratch, "dom", ".html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(scratch.resolve("chromium.log").toFile())
            .start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException("Chromium has not shown " + page + " in " + DEADLINE_SECONDS + " s");
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
