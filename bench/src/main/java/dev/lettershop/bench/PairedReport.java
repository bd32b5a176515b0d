package dev.lettershop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lays measurements of two trees beside each other that {@code bench/paired} took in turns: of each
 * figure the medians, and the ratio of the two.
 */
public final class PairedReport {
  private PairedReport() {}

  /**
   * Argument: the folder with a folder for each measurement, {@code before-N} and {@code now-N}.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Map<String, List<Double>> before = new LinkedHashMap<>();
    Map<String, List<Double>> now = new LinkedHashMap<>();
    try (Stream<Path> measurements = Files.list(folder)) {
      for (Path measurement : measurements.sorted().toList()) {
        boolean earlier = measurement.getFileName().toString().startsWith("before");
        read(measurement, earlier ? before : now);
      }
    }
    System.out.printf("%-44s %14s %14s %6s%n", "figure", "before", "now", "ratio");
    now.forEach(
        (name, values) -> {
          if (before.containsKey(name)) {
            double then = median(before.get(name));
            double present = median(values);
            System.out.printf(
                Locale.ROOT, "%-44s %,14.2f %,14.2f %6.2f%n", name, then, present, present / then);
          }
        });
  }

  private static void read(Path measurement, Map<String, List<Double>> into) throws IOException {
    try (Stream<Path> files = Files.list(measurement)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode figure : JsonMappers.PLAIN.readTree(file.toFile()).path("figures")) {
          String name = figure.path("name").asText() + ", " + figure.path("unit").asText();
          into.computeIfAbsent(name, key -> new ArrayList<>()).add(figure.path("value").asDouble());
        }
      }
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
