package dev.lettershop.source.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.source.CsvOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
  @Test
  void reads_fields_by_the_names_in_the_header() throws Exception {
    assertThat(records("id, name \n1,Ada\n2,\n"))
        .containsExactly("2 {id=1, name=Ada}", "3 {id=2, name=}");
  }

  @Test
  void reads_quoted_delimiters_quotes_and_line_breaks() throws Exception {
    assertThat(records("id,name\n1,\"Lovelace, \"\"Ada\"\"\"\n2,\"two\r\nlines\"  \n3,5\" nail\n"))
        .containsExactly(
            "2 {id=1, name=Lovelace, \"Ada\"}",
            "3 {id=2, name=two\nlines}",
            "5 {id=3, name=5\" nail}");
  }

  @Test
  void skips_a_byte_order_mark_and_blank_lines_and_takes_crlf() throws Exception {
    assertThat(records("\uFEFFid,name\r\n\r\n1,Ada\r\n  \r\n2,Bob"))
        .containsExactly("3 {id=1, name=Ada}", "5 {id=2, name=Bob}");
  }

  @Test
  void takes_the_line_ends_of_old_macs_also_behind_another_header() throws Exception {
    assertThat(records("id,name\r1,Ada\r2,\"two\rlines\"\r"))
        .containsExactly("2 {id=1, name=Ada}", "3 {id=2, name=two\nlines}");
    assertThat(records("id,name\r\n1,Ada\r2,Bob\n3,Eve"))
        .containsExactly("2 {id=1, name=Ada}", "3 {id=2, name=Bob}", "4 {id=3, name=Eve}");
  }

  @Test
  void skips_rows_of_delimiters_only_and_takes_delimiters_of_empty_cells() throws Exception {
    assertThat(records("id,name\n1,Ada\n,\n\"\",\" \"\n,,,\n\u00a0,\u200b\n2,Bob,,\n3,Eve,x\n"))
        .containsExactly(
            "2 {id=1, name=Ada}", "7 {id=2, name=Bob}", "8 has 3 columns instead of 2");
  }

  @Test
  void reads_a_header_with_white_space_of_all_kinds_and_letters_in_parts() throws Exception {
    assertThat(records("\u00a0id\u202f,Gro\u0308\u00dfe,first\u00a0name\u200b\n1,2,Ada\n"))
        .containsExactly("2 {Gr\u00f6\u00dfe=2, first name=Ada, id=1}");
  }

  @Test
  void gives_up_one_line_when_a_quote_is_never_closed() throws Exception {
    assertThat(records("id,name\n1,\"Ada\n2,Bob\n3,Eve\n"))
        .containsExactly(
            "2 a quoted field is never closed", "3 {id=2, name=Bob}", "4 {id=3, name=Eve}");
  }

  @Test
  void gives_up_one_line_when_the_next_quote_closes_the_wrong_field() throws Exception {
    assertThat(records("id,name\n1,\"Ada\n2,Bob\n3,\"Eve\"\n4,\"Kim\"\n"))
        .containsExactly(
            "2 a quoted field is followed by something other than a delimiter",
            "3 {id=2, name=Bob}",
            "4 {id=3, name=Eve}",
            "5 {id=4, name=Kim}");
  }

  @Test
  void gives_up_a_line_with_another_number_of_columns() throws Exception {
    assertThat(records("id,name\n1\n2,Bob,3\n3,Eve\n"))
        .containsExactly(
            "2 has 1 columns instead of 2", "3 has 3 columns instead of 2", "4 {id=3, name=Eve}");
  }

  @Test
  void gives_up_a_line_that_is_not_in_the_encoding() throws Exception {
    byte[] bytes = "id,name\n1,Zoë\n2,Bob\n".getBytes(ISO_8859_1);

    assertThat(records(bytes, CsvDialect.DEFAULT))
        .containsExactly("2 is not valid UTF-8", "3 {id=2, name=Bob}");
  }

  @Test
  void takes_a_replacement_character_that_stands_in_the_file() throws Exception {
    assertThat(records("id\n\uFFFD\n")).containsExactly("2 {id=\uFFFD}");
  }

  @Test
  void gives_up_a_line_that_is_too_long_and_one_too_long_to_quote() throws Exception {
    String endless = "x".repeat(LineReader.MAX_LINE_BYTES + 1);
    String lines = ("y".repeat(1_000) + "\n").repeat(1_100);

    assertThat(records("id\n" + endless + "\n1\n"))
        .containsExactly("2 line is longer than 1 MiB", "3 {id=1}");
    assertThat(records("id\n\"" + lines + "2\n"))
        .hasSize(1_101)
        .startsWith("2 a quoted field is never closed")
        .endsWith("1102 {id=2}");
  }

  @Test
  void reads_other_dialects() throws Exception {
    CsvDialect dialect =
        CsvDialect.of(
            new CsvOptions("\\t", "'", "windows-1252", false, List.of("id", "name", "price")));

    assertThat(records("1\t'Zoë\t\"'\t5 €\n".getBytes("windows-1252"), dialect))
        .containsExactly("1 {id=1, name=Zoë\t\", price=5 €}");
  }

  @Test
  void takes_quotes_as_text_when_nothing_is_quoted() throws Exception {
    CsvDialect dialect = CsvDialect.of(new CsvOptions(";", "", null, null, null));

    assertThat(records("id;name\n1;\"Ada\n".getBytes(UTF_8), dialect))
        .containsExactly("2 {id=1, name=\"Ada}");
  }

  @Test
  void gives_names_to_columns_without_one_and_can_rename_all() throws Exception {
    CsvDialect renamed =
        CsvDialect.of(new CsvOptions(null, null, null, true, List.of("key", "who")));

    assertThat(records(",name\n1,Ada\n")).containsExactly("2 {column_1=1, name=Ada}");
    assertThat(records("a,a\n1,Ada\n".getBytes(UTF_8), renamed))
        .containsExactly("2 {key=1, who=Ada}");
  }

  @Test
  void says_what_is_wrong_with_a_header() {
    assertThatThrownBy(() -> records("")).hasMessage("the file is empty: it has no header");
    assertThatThrownBy(() -> records("1,Ada,2,Ada\n"))
        .hasMessage("columns 2 and 4 have the same name");
    assertThatThrownBy(() -> records("id,\"name\n"))
        .hasMessageStartingWith("the header has a quote that is never closed");
    assertThatThrownBy(() -> records("Größe\n".getBytes(ISO_8859_1), CsvDialect.DEFAULT))
        .hasMessage("line 1, the header, is not valid UTF-8");
  }

  @Test
  void says_what_is_wrong_with_a_dialect() {
    assertThatThrownBy(() -> CsvDialect.of(new CsvOptions("ab", null, null, null, null)))
        .hasMessage("must be one character");
    assertThatThrownBy(() -> CsvDialect.of(new CsvOptions(null, null, "latin-17", null, null)))
        .hasMessage("unknown encoding \"latin-17\"");
    assertThatThrownBy(() -> CsvDialect.of(new CsvOptions(null, null, "UFT-8", null, null)))
        .hasMessage("unknown encoding \"UFT-8\"");
    assertThatThrownBy(() -> CsvDialect.of(new CsvOptions(null, null, null, false, null)))
        .hasMessage("the file has no header and its columns are not named");
  }

  @Test
  void keeps_what_stands_in_the_file_for_the_quarantine() throws Exception {
    try (CsvReader reader = reader("id,name\n1,\"two\nlines\"\n2\n".getBytes(UTF_8))) {
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              SourceRecord.Fields.class,
              record -> assertThat(record.raw()).isEqualTo("1,\"two\nlines\""));
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              SourceRecord.Broken.class, record -> assertThat(record.raw()).isEqualTo("2"));
    }
  }

  @Test
  void shows_a_row_without_what_it_says() throws Exception {
    try (CsvReader reader = reader("id,name\n1,Ada\n".getBytes(UTF_8))) {
      SourceRecord.Fields record = (SourceRecord.Fields) reader.next();

      assertThat(record.toString()).doesNotContain("Ada");
      assertThat(record.fields().toString()).isEqualTo("CsvRow[id, name]");
    }
  }

  @Property(tries = 500)
  void reads_back_what_another_library_writes(@ForAll("tables") List<List<String>> rows)
      throws Exception {
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord("a", "b", "c");
      printer.printRecords(rows);
    }

    List<List<Object>> read = new ArrayList<>();
    try (CsvReader reader = reader(text.toString().getBytes(UTF_8))) {
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        assertThat(record).isInstanceOf(SourceRecord.Fields.class);
        read.add(new ArrayList<>(((SourceRecord.Fields) record).fields().values()));
      }
    }

    assertThat(read).isEqualTo(rows);
  }

  @Property(tries = 1_000)
  void survives_any_text_and_gives_up_no_line_twice(@ForAll("scribble") String text)
      throws Exception {
    try (CsvReader reader = reader(("a,b\n" + text).getBytes(UTF_8))) {
      long line = 1;
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        assertThat(record.line()).isGreaterThan(line);
        line = record.line();
      }
      assertThat(line).isLessThanOrEqualTo(1 + text.lines().count());
    }
  }

  @Provide
  Arbitrary<String> scribble() {
    return Arbitraries.strings().withChars("a,\"\n\r ö").ofMaxLength(40);
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> field =
        Arbitraries.strings().withChars("ab ,;\"\n'ö€").ofMinLength(1).ofMaxLength(6);
    return field.list().ofSize(3).filter(row -> !row.get(0).isBlank()).list().ofMaxSize(8);
  }

  private static List<String> records(String text) throws IOException, SourceFault {
    return records(text.getBytes(UTF_8), CsvDialect.DEFAULT);
  }

  private static CsvReader reader(byte[] bytes) throws IOException, SourceFault {
    return CsvReader.open(
        new LineReader(new ByteArrayInputStream(bytes), UTF_8), CsvDialect.DEFAULT);
  }

  private static List<String> records(byte[] bytes, CsvDialect dialect)
      throws IOException, SourceFault {
    List<String> records = new ArrayList<>();
    LineReader lines = new LineReader(new ByteArrayInputStream(bytes), dialect.charset());
    try (CsvReader reader = CsvReader.open(lines, dialect)) {
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(
            record instanceof SourceRecord.Fields fields
                ? fields.line()
                    + " "
                    + Map.copyOf(fields.fields()).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Object::toString)
                        .collect(java.util.stream.Collectors.joining(", ", "{", "}"))
                : record.line() + " " + ((SourceRecord.Broken) record).reason());
      }
    }
    return records;
  }
}
