package dev.lettershop.source.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class LineReaderTest {
  @Property(tries = 300)
  void finds_the_same_lines_however_the_bytes_arrive(
      @ForAll @Size(max = 20)
          List<@CharRange(from = 'a', to = 'ÿ') @StringLength(max = 30) String> written,
      @ForAll @IntRange(min = 1, max = 17) int chunk,
      @ForAll @IntRange(max = 2) int end)
      throws IOException {
    byte[] bytes = String.join(List.of("\n", "\r\n", "\r").get(end), written).getBytes(UTF_8);
    InputStream trickle =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, chunk));
          }
        };

    List<String> read = new ArrayList<>();
    long number = 0;
    try (LineReader lines = new LineReader(trickle, UTF_8)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        assertThat(line.number()).isEqualTo(++number);
        read.add(((Line.Text) line).text());
      }
    }

    List<String> expected = new ArrayList<>(written);
    if (!expected.isEmpty() && expected.get(expected.size() - 1).isEmpty()) {
      expected.remove(expected.size() - 1);
    }
    assertThat(read).isEqualTo(expected);
  }

  @Property(tries = 200)
  void takes_line_ends_of_all_kinds_in_one_file(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 2) Integer> ends,
      @ForAll @IntRange(min = 1, max = 5) int chunk)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int end : ends) {
      text.append("a line").append(List.of("\n", "\r\n", "\r").get(end));
    }
    InputStream trickle =
        new ByteArrayInputStream(text.toString().getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, chunk));
          }
        };

    int read = 0;
    try (LineReader lines = new LineReader(trickle, UTF_8)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        assertThat(line).isEqualTo(new Line.Text(++read, "a line"));
      }
    }

    assertThat(read).isEqualTo(ends.size());
  }
}
