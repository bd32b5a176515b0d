package dev.lettershop.source.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select * from a where b > :watermark; | select * from a where b > ? | 1",
        "select ':watermark', \":watermark\" from a | select ':watermark', \":watermark\" from a | 0",
        "select 'it''s :watermark' + :watermark | select 'it''s :watermark' + ? | 1",
        "select b::watermark from a | select b::watermark from a | 0",
        "select 1 /* :watermark */ + :watermark -- :watermark | select 1 /* :watermark */ + ? -- :watermark | 1",
        "select :watermarks | select :watermarks | 0",
        "select 'never closed :watermark | select 'never closed :watermark | 0",
        "select 1 ; ; | select 1 | 0"
      })
  void finds_its_places_outside_of_texts_and_comments(String query, String sql, int places) {
    QueryText text = QueryText.of(query);

    assertThat(text.sql()).isEqualTo(sql);
    assertThat(text.placeholders()).isEqualTo(places);
  }

  @Test
  void no_length_or_depth_of_a_query_is_too_much() throws Exception {
    Throwable[] thrown = new Throwable[1];
    Thread small = new Thread(null, QueryTextTest::readLongOnes, "small stack", 256 * 1024);
    small.setUncaughtExceptionHandler((thread, failure) -> thrown[0] = failure);
    small.start();
    small.join();

    assertThat(thrown[0]).isNull();
  }

  private static void readLongOnes() {
    Random random = new Random(5);
    String[] tokens = {"'", "\"", "''", "--", "\n", "/*", "*/", "(", ")", ":watermark", ";", " x"};
    for (int i = 0; i < 100_000; i++) {
      StringBuilder query = new StringBuilder();
      int length = i % 1000 == 0 ? 20_000 : 12;
      for (int j = 0; j < length; j++) {
        query.append(tokens[random.nextInt(tokens.length)]);
      }
      QueryText.of(query.toString());
    }
    for (String token : tokens) {
      QueryText.of(token.repeat(1_000_000));
    }
  }
}
