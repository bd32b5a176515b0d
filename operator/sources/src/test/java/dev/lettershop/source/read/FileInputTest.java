package dev.lettershop.source.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.source.CsvOptions;
import dev.lettershop.api.v1alpha1.source.FileFormat;
import dev.lettershop.api.v1alpha1.source.FileSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileInputTest {
  private static final String TEXT = "id,name\n1,Zoë 😀\n2," + "ü😀".repeat(9_000) + "\n";

  private static List<String> names(byte[] bytes, CsvOptions csv) throws Exception {
    FileSource file = new FileSource(FileFormat.Csv, "people.csv", null, csv);
    List<String> names = new ArrayList<>();
    try (RecordReader reader = FileInput.of(file).open(path -> new ByteArrayInputStream(bytes))) {
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        names.add((String) ((SourceRecord.Fields) record).fields().get("name"));
      }
    }
    return names;
  }

  @Test
  void utf_16_is_recognised_with_its_mark_and_without() throws Exception {
    List<String> expected = List.of("Zoë 😀", "ü😀".repeat(9_000));

    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      assertThat(names(("\uFEFF" + TEXT).getBytes(charset), null)).isEqualTo(expected);
      assertThat(names(TEXT.getBytes(charset), null)).isEqualTo(expected);
    }
    assertThat(names(("\uFEFF" + TEXT).getBytes(UTF_8), null)).isEqualTo(expected);
  }

  @Test
  void a_first_line_may_say_the_delimiter() throws Exception {
    assertThat(names("sep=;\r\nid;name\r\n1;Ada, L.\r\n".getBytes(UTF_8), null))
        .containsExactly("Ada, L.");
    assertThat(names("\uFEFFSEP=\t\nid\tname\n1\tAda\n".getBytes(UTF_8), null))
        .containsExactly("Ada");
  }

  @Test
  void another_delimiter_and_another_encoding_are_offered() {
    assertThatThrownBy(() -> names("id;name\n1;Ada\n".getBytes(UTF_8), null))
        .isInstanceOfSatisfying(
            SourceFault.class,
            fault ->
                assertThat(fault.at("crm").get(0).fix())
                    .isEqualTo("did you mean delimiter: \";\"?"));
    assertThatThrownBy(() -> names("id,nämé\n1,Ada\n".getBytes(ISO_8859_1), null))
        .isInstanceOfSatisfying(
            SourceFault.class,
            fault -> assertThat(fault.at("crm").get(0).fix()).contains("windows-1252"));
    assertThatThrownBy(
            () ->
                names(
                    "id,name\n".getBytes(UTF_8),
                    new CsvOptions(null, null, "windows1252", null, null)))
        .isInstanceOf(SourceFault.class)
        .satisfies(
            fault ->
                assertThat(((SourceFault) fault).at("crm").get(0).fix())
                    .startsWith("did you mean"));
  }

  @Test
  void archives_and_workbooks_are_refused_with_the_way_out() {
    assertThatThrownBy(() -> names(new byte[] {'P', 'K', 3, 4, 20, 0}, null))
        .isInstanceOfSatisfying(
            SourceFault.class,
            fault -> assertThat(fault.at("crm").get(0).fix()).contains("CSV UTF-8"));
  }
}
