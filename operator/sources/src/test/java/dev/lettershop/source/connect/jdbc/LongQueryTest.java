package dev.lettershop.source.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.fuzz.LongInputs;
import dev.lettershop.fuzz.SmallStack;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that are long, with quotes and comments that never end. */
class LongQueryTest {
  private static final int CASES = 2_000;
  private static final int SOAK_CASES = 100_000;
  private static final int MOST = 20_000;
  private static final List<String> PIECES =
      List.of(
          "select ",
          "* ",
          "from orders ",
          "where ",
          ":watermark",
          ":watermarks",
          "'",
          "''",
          "\"",
          "`",
          "--",
          "/*",
          "*/",
          "#",
          "$$",
          "$a$",
          ";",
          "(",
          ")",
          "?",
          "::text",
          "\n",
          "E'\\'");

  @Test
  void whateverIsWrittenIsReadWithItsPlaces() {
    fuzz(CASES);
  }

  @Test
  @Tag("soak")
  void aHundredThousandAreReadWithTheirPlaces() {
    fuzz(SOAK_CASES);
  }

  private static void fuzz(int cases) {
    LongInputs inputs = new LongInputs(4, MOST, PIECES);
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            String query = inputs.next();
            QueryText read = QueryText.of(query);
            assertThat(read.placeholders())
                .as(query)
                .isBetween(0, query.length() / ":watermark".length());
            assertThat(read.sql().length()).as(query).isLessThanOrEqualTo(query.length());
          }
        });
  }
}
