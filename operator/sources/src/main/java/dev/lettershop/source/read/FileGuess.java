package dev.lettershop.source.read;

import dev.lettershop.api.v1alpha1.source.CsvOptions;
import dev.lettershop.api.v1alpha1.source.FileFormat;
import dev.lettershop.api.v1alpha1.source.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a file is written, by what its beginning looks like. */
public final class FileGuess {
  private static final int LOOK = 1 << 16;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private FileGuess() {}

  /**
   * The source's file with format, encoding and delimiter as they look; as it is where it says
   * these itself.
   *
   * @throws IOException when the file cannot be read
   */
  public static FileSource of(FileSource file, InputOpener inputs) throws IOException {
    if (file.csv() != null || file.format() == FileFormat.NdJson) {
      return file;
    }
    byte[] start = start(file, inputs);
    Charset wide = FileInput.charset(start, StandardCharsets.UTF_8);
    Charset charset = isText(start, wide) ? wide : Charset.forName("windows-1252");
    String text = new String(start, charset).strip();
    if (text.startsWith("{")) {
      return new FileSource(FileFormat.NdJson, file.path(), file.volume(), null);
    }
    char delimiter = text.regionMatches(true, 0, "sep=", 0, 4) ? ',' : delimiter(text);
    boolean plain = delimiter == ',' && charset == StandardCharsets.UTF_8;
    String written = delimiter == '\t' ? "\\t" : String.valueOf(delimiter);
    return plain
        ? file
        : new FileSource(
            FileFormat.Csv,
            file.path(),
            file.volume(),
            new CsvOptions(
                delimiter == ',' ? null : written,
                null,
                charset == StandardCharsets.UTF_8 ? null : charset.name(),
                null,
                null));
  }

  /**
   * The encoding that a CSV file seems to be in, where that is not the one that it is read in: it
   * is not text of that one, or its letters beyond ASCII are those of UTF-8.
   *
   * @throws IOException when the file cannot be read
   * @throws SourceFault when it is not declared right
   */
  public static Optional<Charset> otherEncoding(FileSource file, InputOpener inputs)
      throws IOException, SourceFault {
    if (file.format() != FileFormat.Csv) {
      return Optional.empty();
    }
    byte[] start = start(file, inputs);
    Charset declared = FileInput.charset(start, CsvDialect.of(file.csv()).charset());
    boolean unicode = isText(start, StandardCharsets.UTF_8);
    if (declared.equals(StandardCharsets.UTF_8)) {
      return unicode ? Optional.empty() : Optional.of(Charset.forName("windows-1252"));
    }
    return unicode
            && !isText(start, StandardCharsets.US_ASCII)
            && !declared.name().startsWith("UTF-")
        ? Optional.of(StandardCharsets.UTF_8)
        : Optional.empty();
  }

  private static byte[] start(FileSource file, InputOpener inputs) throws IOException {
    try (InputStream in = FileInput.decompressed(inputs.open(file.path()))) {
      return in.readNBytes(LOOK);
    }
  }

  /** Whether bytes are text of a charset; a character may be cut off at their end. */
  private static boolean isText(byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    return !decoder.decode(ByteBuffer.wrap(bytes), out, false).isError();
  }

  /** The delimiter that stands most often in the first line, outside of quotes. */
  private static char delimiter(String text) {
    int[] counts = new int[DELIMITERS.length];
    boolean quoted = false;
    for (int i = 0;
        i < text.length() && (quoted || text.charAt(i) >= ' ' || text.charAt(i) == '\t');
        i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      for (int d = 0; d < DELIMITERS.length && !quoted; d++) {
        counts[d] += c == DELIMITERS[d] ? 1 : 0;
      }
    }
    int best = 0;
    for (int d = 1; d < DELIMITERS.length; d++) {
      best = counts[d] > counts[best] ? d : best;
    }
    return DELIMITERS[best];
  }
}
