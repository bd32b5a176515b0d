package dev.lettershop.worker.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.fuzz.LongInputs;
import dev.lettershop.fuzz.SmallStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mails whose tags of pictures are long, broken, or both. */
class LongImagesTest {
  private static final int CASES = 500;
  private static final int SOAK_CASES = 100_000;
  private static final int MOST = 20_000;
  private static final List<String> PIECES =
      List.of(
          "<img ",
          "<img>",
          "src=\"https://x.example/a.png\"",
          " src='",
          " alt=\"",
          "alt='x'",
          " width=\"600\"",
          " height=9999999999",
          "\"",
          "'",
          ">",
          "/>",
          "<",
          "&amp;",
          "&#0;",
          "<p>",
          "$1",
          "data:");

  @Test
  void aTagWithManyAttributesIsReplacedAsAnyOther() {
    String html = "<p><img " + "a=\"b\" ".repeat(20_000) + "src=\"https://x.example/a.png\"></p>";

    SmallStack.run(
        () -> assertThat(offline(html)).contains("data:image/svg+xml").endsWith("\"></p>"));
  }

  @Test
  void whateverIsWrittenComesOut() {
    fuzz(CASES);
  }

  @Test
  @Tag("soak")
  void aHundredThousandComeOut() {
    fuzz(SOAK_CASES);
  }

  private static void fuzz(int cases) {
    LongInputs inputs = new LongInputs(7, MOST, PIECES);
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            assertThat(offline("<i>" + inputs.next() + "</i>")).startsWith("<i>").endsWith("</i>");
          }
        });
  }

  private static String offline(String html) {
    try {
      return new OfflineImages(null).in(html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
