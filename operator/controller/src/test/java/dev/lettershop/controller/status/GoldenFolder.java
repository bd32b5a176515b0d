package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder with a file {@code in-NAME.yaml} and a file {@code out-NAME.yaml} for each behaviour. A
 * file without the other fails. {@code -Dgolden=write} writes what comes out, to be read before it
 * is committed.
 */
final class GoldenFolder {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL))
          .build();

  private final Path folder;

  GoldenFolder(String name) {
    folder = Path.of("src/test/resources/status", name);
  }

  <I> Stream<DynamicTest> tests(Class<I> type, Function<I, Object> function) throws IOException {
    Set<String> ins = names("in-");
    Set<String> outs = names("out-");
    Set<String> all = new TreeSet<>(ins);
    all.addAll(outs);
    assertThat(all).as("files in %s", folder).isNotEmpty();
    return all.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(name.replace('-', ' '), () -> check(name, type, function)));
  }

  private <I> void check(String name, Class<I> type, Function<I, Object> function)
      throws IOException {
    Path in = folder.resolve("in-" + name + ".yaml");
    Path out = folder.resolve("out-" + name + ".yaml");
    if (!Files.exists(in)) {
      fail(out + " is used by nothing: there is no " + in.getFileName());
    }
    String actual =
        MAPPER.writeValueAsString(function.apply(MAPPER.readValue(Files.readString(in), type)));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(out, actual);
    }
    assertThat(actual).isEqualTo(Files.exists(out) ? Files.readString(out) : "");
  }

  private Set<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names)
          .as("files in %s", folder)
          .allMatch(name -> name.matches("(in|out)-[a-z0-9-]+[.]yaml"));
      return names.stream()
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length(), name.length() - ".yaml".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
