package dev.lettershop.playground.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.lettershop.playground.realcluster.Repository;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart of this source tree, rendered by Helm in this JVM. */
public final class Chart {
  public static final Path FOLDER = Repository.ROOT.resolve("helm/lettershop");
  static final Path ENVIRONMENTS = Repository.ROOT.resolve("helm/environments");
  private static final Path COPY = copyForAnyKubernetes();

  /** By values: many tests look at the same rendering, and Helm takes its time. */
  private static final Map<String, Rendered> RENDERED = new ConcurrentHashMap<>();

  static final String RELEASE = "lettershop";
  static final String NAMESPACE = "marketing";

  private Chart() {}

  /**
   * What a release comes to.
   *
   * @param text as Helm prints it
   * @param objects all of them, the CRDs too when they are enabled; not to be changed
   */
  public record Rendered(String text, List<JsonNode> objects) {
    static Rendered of(String text) {
      try {
        return new Rendered(
            text,
            Repository.documents(text).stream().filter(object -> object.has("kind")).toList());
      } catch (IOException e) {
        throw new IllegalStateException("Helm rendered what is not YAML", e);
      }
    }

    /** Objects of a kind, in their order. */
    public List<JsonNode> all(String kind) {
      return objects().stream()
          .filter(object -> object.path("kind").asText().equals(kind))
          .toList();
    }

    /** The one object of a kind and name. */
    public <T> T only(Class<T> type, String name) {
      JsonNode found =
          all(type.getSimpleName()).stream()
              .filter(object -> object.at("/metadata/name").asText().equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
      return Serialization.unmarshal(found.toString(), type);
    }
  }

  static Helm helm() {
    return new Helm(COPY);
  }

  /** Helm as a library takes every cluster for Kubernetes 1.20, and lets nobody say otherwise. */
  private static Path copyForAnyKubernetes() {
    try {
      Path copy = Files.createDirectories(Path.of("target", "chart")).resolve("lettershop");
      delete(copy);
      return copy(copy, "0.1.0");
    } catch (IOException e) {
      throw new UncheckedIOException("The chart cannot be copied", e);
    }
  }

  /** A copy of the chart that says to be of a version, and is for any Kubernetes. */
  public static Path copy(Path copy, String version) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(FOLDER.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Path chart = copy.resolve("Chart.yaml");
    Files.writeString(
        chart,
        Files.readString(chart)
            .replaceFirst("(?m)^kubeVersion: .*\n", "")
            .replaceFirst("(?m)^version: .*", "version: " + version));
    return copy.toAbsolutePath();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Renders the chart.
   *
   * @param values YAML, or nothing for the defaults
   */
  public static Rendered render(String values) {
    return RENDERED.computeIfAbsent(values, Chart::renderAnew);
  }

  private static Rendered renderAnew(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return render(RELEASE, NAMESPACE, file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("The values cannot be written", e);
    }
  }

  /** A rendering that takes further values. */
  public static TemplateCommand template() {
    return helm().template().withName(RELEASE).withNamespace(NAMESPACE);
  }

  /** Renders a release with values from files, the last of which win. */
  public static Rendered render(String release, String namespace, Path... values) {
    TemplateCommand template = helm().template().withName(release).withNamespace(namespace);
    Stream.of(values).forEach(template::withValuesFile);
    return Rendered.of(template.call());
  }
}
