package dev.lettershop.source.read;

import dev.lettershop.api.v1alpha1.source.FileFormat;
import dev.lettershop.api.v1alpha1.source.FileSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * A file to read records from. Compressed files are recognised by what they hold, not by their
 * name.
 *
 * @param path as declared
 * @param dialect null unless the format is CSV
 */
public record FileInput(String path, FileFormat format, CsvDialect dialect) {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  public static FileInput of(FileSource file) throws SourceFault {
    if (file == null) {
      throw new SourceFault(
          "spec",
          "is not a file source; other sources are not read by this version",
          "use spec.file");
    }
    CsvDialect dialect = file.format() == FileFormat.Csv ? CsvDialect.of(file.csv()) : null;
    return new FileInput(file.path(), file.format(), dialect);
  }

  /** Opens the file at its first record. Closing the reader closes the file. */
  public RecordReader open(InputOpener inputs) throws IOException, SourceFault {
    InputStream in = inputs.open(path);
    try {
      return reader(decompressed(in));
    } catch (IOException | SourceFault | RuntimeException failure) {
      in.close();
      throw failure;
    }
  }

  private RecordReader reader(InputStream in) throws IOException, SourceFault {
    BufferedInputStream text = new BufferedInputStream(in, BUFFER);
    text.mark(4);
    byte[] first = text.readNBytes(4);
    text.reset();
    refuseArchive(first);
    Charset declared = format == FileFormat.Csv ? dialect.charset() : StandardCharsets.UTF_8;
    Charset charset = charset(first, declared);
    boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    LineReader lines =
        wide
            ? new LineReader(new TextStream(text, charset), StandardCharsets.UTF_8)
            : new LineReader(text, charset);
    return format == FileFormat.Csv ? CsvReader.open(lines, dialect) : new NdJsonReader(lines);
  }

  /** A byte order mark says it, else a zero beside the first character, else the source. */
  static Charset charset(byte[] first, Charset declared) {
    if (first.length < 2 || declared.name().startsWith("UTF-32")) {
      return declared;
    }
    boolean little = first[0] == (byte) 0xFF && first[1] == (byte) 0xFE;
    boolean big = first[0] == (byte) 0xFE && first[1] == (byte) 0xFF;
    if (little || first[0] != 0 && first[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    return big || first[0] == 0 && first[1] != 0 ? StandardCharsets.UTF_16BE : declared;
  }

  private void refuseArchive(byte[] first) throws SourceFault {
    if (first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4) {
      throw new SourceFault(
          "spec.file.path",
          path + " is a zip archive or a workbook (xlsx)",
          "save the sheet as \"CSV UTF-8\", or unpack the archive; gzip is read as it is");
    }
    if (first.length == 4 && first[0] == (byte) 0xD0 && first[1] == (byte) 0xCF) {
      throw new SourceFault(
          "spec.file.path", path + " is an old workbook (xls)", "save the sheet as \"CSV UTF-8\"");
    }
  }

  static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    boolean compressed = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
    buffered.reset();
    return compressed ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }
}
