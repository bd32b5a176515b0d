package dev.lettershop.source.clean;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.source.map.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cleanings in docs/sources.md, row by row. */
class CleaningTableTest {
  private static final Path DOCS = Path.of("../../docs/sources.md");
  private static final ObjectMapper YAML = new YAMLMapper();

  record Row(String field, AttributeType type, String normalise, String input, String becomes) {}

  @Test
  void theTableIsThere() throws Exception {
    assertThat(rows()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void cleaningDoesWhatTheDocumentationSays(Row row) throws Exception {
    Normalise normalise =
        row.normalise().isEmpty()
            ? Normalise.DEFAULT
            : YAML.readValue("{" + row.normalise() + "}", Normalise.class);
    Map<String, Object> record =
        row.input().contains("; country: ")
            ? Map.of(
                row.field(),
                row.input().substring(0, row.input().indexOf("; country: ")),
                "country",
                row.input().substring(row.input().indexOf("; country: ") + 11))
            : Map.of(row.field(), row.input());

    Converted found =
        new Fields(null, List.of(), new Cleaning(normalise))
            .field(row.field(), row.type())
            .of(record);

    assertThat(text(found)).isEqualTo(row.becomes());
  }

  private static String text(Converted converted) {
    if (converted instanceof Converted.Invalid) {
      return "invalid";
    }
    return converted instanceof Converted.Value value ? value.value().toString() : "nothing";
  }

  static Stream<Row> rows() throws Exception {
    return Files.readAllLines(DOCS).stream()
        .dropWhile(line -> !line.startsWith("## What cleaning does"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith("| `"))
        .map(CleaningTableTest::row);
  }

  private static Row row(String line) {
    String[] cells = line.split(" *\\| *", -1);
    String[] field = code(cells[1]).split(" ");
    return new Row(
        field[0],
        field.length > 1 ? AttributeType.valueOf(field[1]) : AttributeType.String,
        code(cells[2]),
        code(cells[3]),
        code(cells[4]));
  }

  private static String code(String cell) {
    return cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : cell;
  }
}
