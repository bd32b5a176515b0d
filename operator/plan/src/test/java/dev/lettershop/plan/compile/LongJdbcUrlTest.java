package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.fuzz.LongInputs;
import dev.lettershop.fuzz.SmallStack;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JDBC URLs that are long: judged, and no driver is ever found where nothing allows it. */
class LongJdbcUrlTest {
  private static final int CASES = 2_000;
  private static final int SOAK_CASES = 100_000;
  private static final int MOST = 20_000;
  private static final List<String> PIECES =
      List.of(
          "jdbc:mariadb:",
          "jdbc:mysql:",
          "jdbc:postgresql:",
          "jdbc:trino:",
          "jdbc:",
          "//db.example",
          ":3306",
          "/shop",
          "?",
          "&",
          ";",
          "sslMode=verify-full",
          "allowLoadLocalInfile=true",
          "address=(host=x)",
          "%2e",
          "(",
          ")",
          "=",
          "#",
          "@",
          "//");

  @Test
  void whateverIsWrittenIsJudged() {
    fuzz(CASES);
  }

  @Test
  @Tag("soak")
  void aHundredThousandAreJudged() {
    fuzz(SOAK_CASES);
  }

  private static void fuzz(int cases) {
    LongInputs inputs = new LongInputs(3, MOST, PIECES);
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            String url = inputs.next();
            if (JdbcUrl.problem(url).isEmpty()) {
              assertThat(JdbcUrl.driver(url)).as(url).isNotBlank();
              assertThat(url).doesNotContain("allowLoadLocalInfile", "address=");
            } else {
              assertThat(JdbcUrl.problem(url).get().message()).isNotBlank();
            }
          }
        });
  }
}
