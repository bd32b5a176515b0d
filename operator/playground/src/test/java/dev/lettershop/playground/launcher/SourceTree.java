package dev.lettershop.playground.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A source tree with the real launcher in it, and a JDK and a Maven that only pretend: java prints
 * its arguments, one a line; mvn notes that it was called and makes the files a build makes.
 */
final class SourceTree {
  /** What a call gave. */
  public record Result(int exitCode, String out, String err) {}

  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cp",
          "dirname",
          "find",
          "head",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  SourceTree(Path folder) throws IOException {
    this.folder = folder;
    Path launcher = Path.of("..", "..", "lettershop");
    Files.copy(launcher, Files.createDirectories(tree()).resolve("lettershop"));
    executable(tree().resolve("lettershop"), Files.readString(launcher));
    source("pom.xml");
    source("operator/core/pom.xml");
    source("operator/core/src/main/java/A.java");
    source("operator/playground/src/main/java/Main.java");
    makeJdk("17.0.15");
    makeMaven("true");
    makeTools();
    environment.put("PATH", folder.resolve("tools") + ":" + folder.resolve("maven/bin"));
    environment.put("LETTERSHOP_JAVA_HOME", folder.resolve("jdk").toString());
  }

  Path tree() {
    return folder.resolve("a tree");
  }

  Path target() {
    return tree().resolve("operator/playground/target");
  }

  /** Makes a source, or touches it; dated now. */
  void source(String name) throws IOException {
    Path file = tree().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "made at " + Instant.now());
  }

  /** Dates the build a minute back, as if time had passed since; sources are older still. */
  void letTimePass() throws IOException {
    date(tree(), Instant.now().minusSeconds(120));
    date(target(), Instant.now().minusSeconds(60));
  }

  private static void date(Path root, Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }

  void makeJdk(String version) throws IOException {
    Path jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
  }

  /**
   * @param script what mvn does before it makes its files; when that fails, the build fails
   */
  void makeMaven(String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("maven/bin"));
    executable(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        echo built >>'%s'
        touch start
        %s || exit 1
        mkdir -p operator/playground/target/lib
        echo jar >operator/playground/target/lettershop.jar
        echo jar >operator/playground/target/lib/lettershop-core-1.jar
        echo jar >operator/playground/target/lib/other-1.jar
        app=operator/controller/target/quarkus-app
        rm -rf $app
        mkdir -p $app/app $app/quarkus $app/lib/boot $app/lib/main
        echo jar >$app/quarkus-run.jar
        echo jar >$app/app/lettershop-controller-1.jar
        echo jar >$app/lib/boot/boot-1.jar
        echo jar >$app/lib/main/dev.lettershop.lettershop-core-1.jar
        echo jar >$app/lib/main/library-1.jar
        app=operator/collector/target/quarkus-app
        rm -rf $app
        mkdir -p $app/app $app/quarkus $app/lib/boot $app/lib/main
        echo jar >$app/quarkus-run.jar
        echo jar >$app/app/lettershop-collector-1.jar
        echo jar >$app/lib/boot/boot-1.jar
        echo jar >$app/lib/main/dev.lettershop.lettershop-core-1.jar
        echo jar >$app/lib/main/library-1.jar
        cp -p start operator/playground/target/lettershop.stamp
        """
            .formatted(builds(), script));
  }

  void removeMaven() throws IOException {
    Files.delete(folder.resolve("maven/bin/mvn"));
  }

  private Path builds() {
    return folder.resolve("builds");
  }

  int timesBuilt() throws IOException {
    return Files.exists(builds()) ? Files.readAllLines(builds()).size() : 0;
  }

  private void makeTools() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path real =
          Stream.of("/usr/bin", "/bin")
              .map(directory -> Path.of(directory, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      executable(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
    }
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  SourceTree with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    return run(tree().resolve("lettershop"), folder, arguments);
  }

  Result run(Path launcher, Path workingDirectory, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(launcher, workingDirectory, arguments);
    return finish(process);
  }

  Process start(Path launcher, Path workingDirectory, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(workingDirectory.toFile()).start();
  }

  static Result finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }
}
