package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.job.PlanFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder under {@code workload/} is a case: what the manifests {@code in-*.yaml} come to
 * stands in {@code out-*.yaml}. {@code -Dgolden.update=true} writes the latter anew.
 */
class DesiredObjectsTest {
  private static final Path CASES = Path.of("src/test/resources/workload");
  private static final Path ACCESS = Path.of("src/test/resources/worker-access.yaml");
  private static final Path COLLECTOR_ACCESS = Path.of("src/test/resources/collector-access.yaml");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> resources_come_to_the_objects_that_stand_beside_them() throws IOException {
    return list(CASES, Files::isDirectory).stream()
        .map(folder -> DynamicTest.dynamicTest(name(folder), () -> compare(folder)));
  }

  @Test
  void workers_may_patch_six_kinds_of_status_and_nothing_else() throws IOException {
    compare(ACCESS, text(WorkerAccess.of("shop")));
  }

  @Test
  void collectors_may_patch_their_status_and_nothing_else() throws IOException {
    compare(COLLECTOR_ACCESS, text(CollectorAccess.of("shop")));
  }

  private static void compare(Path folder) throws IOException {
    SortedMap<String, String> expected = new TreeMap<>();
    Case.read(folder)
        .objects()
        .forEach((name, objects) -> expected.put("out-" + name + ".yaml", text(objects)));
    for (Map.Entry<String, String> file : expected.entrySet()) {
      compare(folder.resolve(file.getKey()), file.getValue());
    }
    assertThat(
            list(folder, file -> !name(file).startsWith("in-")).stream()
                .map(DesiredObjectsTest::name))
        .as("files that are compared with something")
        .containsExactlyElementsOf(expected.keySet());
  }

  private static void compare(Path file, String actual) throws IOException {
    if (UPDATE) {
      Files.writeString(file, actual);
    }
    assertThat(file).exists();
    assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
  }

  private static String text(List<? extends HasMetadata> objects) {
    return objects.stream()
        .map(DesiredObjectsTest::legible)
        .map(Serialization::asYaml)
        .collect(Collectors.joining())
        // What a plan says, and so its digest, is for the tests of the compiler.
        .replaceAll("-plan-[0-9a-f]{12}", "-plan-<12 digits>")
        .replaceAll("sha256:[0-9a-f]{64}", "sha256:<64 digits>");
  }

  /** Compressed bytes say nothing to readers. */
  private static HasMetadata legible(HasMetadata object) {
    if (!(object instanceof ConfigMap map) || map.getBinaryData().isEmpty()) {
      return object;
    }
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    SortedMap<String, String> text = new TreeMap<>();
    map.getBinaryData()
        .forEach(
            (name, data) -> {
              bytes.put(name, Base64.getDecoder().decode(data));
              text.put(name, "<JSON, compressed>");
            });
    assertThat(map.getMetadata().getName())
        .endsWith("-plan-" + new PlanFiles(bytes).hash().substring(0, 12));
    return new ConfigMapBuilder(map).withBinaryData(text).build();
  }

  private static TreeSet<Path> list(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(which).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
