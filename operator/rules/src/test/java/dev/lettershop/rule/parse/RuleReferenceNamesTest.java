package dev.lettershop.rule.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleReferenceNamesTest {

  @Test
  void the_reference_has_an_example_of_every_function() throws IOException {
    String reference = Files.readString(Path.of("../../docs/rules.md"));

    assertThat(Functions.knownFunctions())
        .allSatisfy(
            name -> assertThat(reference).containsPattern("(?m)^.*\\b" + name + "\\(.*// "));
  }
}
