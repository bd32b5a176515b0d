package dev.lettershop.source.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdJsonReaderTest {
  @Test
  void reads_nested_objects_lists_and_plain_values() throws Exception {
    SourceRecord record =
        records(
                "{\"id\":1,\"price\":9.5,\"sale\":true,\"none\":null,"
                    + "\"user\":{\"name\":\"Zoë\",\"tags\":[\"a\",null,2]}}")
            .get(0);

    assertThat(((SourceRecord.Fields) record).fields())
        .isEqualTo(
            Map.of(
                "id",
                1L,
                "price",
                9.5,
                "sale",
                true,
                "user",
                Map.of("name", "Zoë", "tags", List.of("a", 2L))));
  }

  @Test
  void has_names_in_one_form_however_they_are_composed_or_spaced() throws Exception {
    SourceRecord record =
        records("{\"gro\\u0308\u00dfe\":1,\"\\u00a0Kunden\\u00a0Nr \":2,\"o\":{\"u\\u0308\":3}}")
            .get(0);

    assertThat(((SourceRecord.Fields) record).fields())
        .isEqualTo(Map.of("gr\u00f6\u00dfe", 1L, "Kunden Nr", 2L, "o", Map.of("\u00fc", 3L)));
  }

  @Test
  void takes_whole_numbers_of_any_size() throws Exception {
    SourceRecord record = records("{\"id\":123456789012345678901234567890}").get(0);

    assertThat(((SourceRecord.Fields) record).fields())
        .isEqualTo(Map.of("id", "123456789012345678901234567890"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"Ada\"",
        "{\"name\":\"Ada}",
        "{\"name\":Ada}",
        "[{\"name\":\"Ada\"}]",
        "\"Ada\"",
        "Ada",
        "{\"name\":\"Ada\"} {\"name\":\"Ada\"}",
        "{\"name\":\"Ada\",}",
        "{\"name\":\"\\uZZZZ Ada\"}",
        "{\"Ada\":NaN}"
      })
  void gives_up_a_broken_line_without_repeating_it(String line) throws Exception {
    List<SourceRecord> records = records(line + "\n\n{\"id\":2}\n");

    assertThat(records.get(0))
        .isInstanceOfSatisfying(
            SourceRecord.Broken.class,
            broken -> {
              assertThat(broken.line()).isEqualTo(1);
              assertThat(broken.reason()).contains("JSON").doesNotContain("Ada");
              assertThat(broken.toString()).doesNotContain("Ada");
              assertThat(broken.raw()).isEqualTo(line);
            });
    assertThat(((SourceRecord.Fields) records.get(1)).line()).isEqualTo(3);
  }

  @Test
  void gives_up_a_line_that_is_nested_too_deeply() throws Exception {
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);

    assertThat(records(deep).get(0)).isInstanceOf(SourceRecord.Broken.class);
  }

  private static List<SourceRecord> records(String text) throws IOException {
    List<SourceRecord> records = new ArrayList<>();
    try (NdJsonReader reader =
        new NdJsonReader(new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), UTF_8))) {
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
    }
    return records;
  }
}
