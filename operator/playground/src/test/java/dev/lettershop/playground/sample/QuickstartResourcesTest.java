package dev.lettershop.playground.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuickstartResourcesTest {
  private static final Path SAMPLE = Path.of("..", "..", "samples", "quickstart");

  @Test
  void are_without_any_finding() throws IOException {
    ResourceSet.Builder builder = ResourceSet.builder();
    for (Path file : manifests()) {
      builder.add(ResourceParser.parse(file.getFileName().toString(), Files.readString(file)));
    }

    assertThat(builder.diagnostics()).isEmpty();
    assertThat(new PlanCompiler(builder.build()).lint()).isEmpty();
  }

  @Test
  void read_the_files_that_the_shop_writes() throws IOException {
    ResourceSet.Builder builder = ResourceSet.builder();
    for (Path file : manifests()) {
      builder.add(ResourceParser.parse(file.getFileName().toString(), Files.readString(file)));
    }

    assertThat(builder.build().profileSources().values())
        .extracting(source -> source.getSpec().file().path())
        .containsOnly(
            "data/" + SampleShop.CUSTOMERS,
            "data/" + SampleShop.WEB_EVENTS,
            "data/" + SampleShop.ORDERS);
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLE)) {
      List<Path> manifests =
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertThat(manifests).hasSizeGreaterThan(5);
      return manifests;
    }
  }
}
