package dev.lettershop.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the source tree that is made from others: compared, or written anew with {@code
 * -Dgenerated.update}.
 */
public final class GeneratedFile {
  private GeneratedFile() {}

  /** Holds the file to this text. */
  public static void check(Path file, String text) throws IOException {
    if (Boolean.getBoolean("generated.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("%s is made from other files. Make it anew with: mvn -q -Pgenerate test", file)
        .hasContent(text);
  }
}
