package dev.lettershop.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What this machine has. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final Version OLDEST_MAVEN = Version.parse("3.8.6");
  private static final String MAVEN_CORE =
      "META-INF/maven/org.apache.maven/maven-core/pom.properties";

  private MachineChecks() {}

  static List<Check> of(Map<String, String> environment, Properties system, int javaFeature) {
    return List.of(java(system, javaFeature), maven(environment));
  }

  private static Check java(Properties system, int feature) {
    String what =
        system.getProperty("java.version") + " of " + system.getProperty("java.vendor", "somebody");
    if (feature < OLDEST_JAVA) {
      return Check.error("Java", what, "use a JDK " + OLDEST_JAVA + " or newer");
    }
    Path home = Path.of(system.getProperty("java.home", ""));
    return Check.ok(
        "Java",
        what
            + (Files.isExecutable(home.resolve("bin").resolve("javac"))
                ? ", with a compiler"
                : ", without a compiler: an installed archive needs none"));
  }

  private static Check maven(Map<String, String> environment) {
    Optional<Path> found = mavenHome(environment);
    if (found.isEmpty()) {
      return Check.ok("Maven", "not found; only needed to build from source, 3.8.6 or newer");
    }
    Optional<String> version = version(found.get());
    String what = version.orElse("of an unknown version") + " in " + found.get();
    return version.isPresent() && Version.parse(version.get()).compareTo(OLDEST_MAVEN) < 0
        ? Check.warning("Maven", what, "use " + OLDEST_MAVEN + " or newer to build from source")
        : Check.ok("Maven", what);
  }

  private static Optional<Path> mavenHome(Map<String, String> environment) {
    Stream<Path> named = Stream.ofNullable(environment.get("MAVEN_HOME")).map(Path::of);
    Stream<Path> onPath =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .map(folder -> real(Path.of(folder).resolve("mvn")))
            .filter(Objects::nonNull)
            .map(mvn -> mvn.getParent().getParent());
    return Stream.concat(named, onPath)
        .filter(Objects::nonNull)
        .filter(home -> Files.isRegularFile(home.resolve("bin").resolve("mvn")))
        .findFirst();
  }

  private static Path real(Path program) {
    try {
      return Files.isExecutable(program) ? program.toRealPath() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** As its library says; the program itself would take a second to answer. */
  private static Optional<String> version(Path home) {
    try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
      Optional<Path> core =
          libraries
              .filter(jar -> jar.getFileName().toString().matches("maven3?-core-.*[.]jar"))
              .findFirst();
      return core.isEmpty() ? Optional.empty() : written(core.get());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> written(Path core) throws IOException {
    try (ZipFile library = new ZipFile(core.toFile())) {
      ZipEntry entry = library.getEntry(MAVEN_CORE);
      Properties properties = new Properties();
      if (entry != null) {
        try (InputStream content = library.getInputStream(entry)) {
          properties.load(content);
        }
      }
      return Optional.ofNullable(properties.getProperty("version"));
    }
  }
}
