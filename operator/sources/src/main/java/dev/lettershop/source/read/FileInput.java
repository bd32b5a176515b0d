package dev.lettershop.source.read;

import dev.lettershop.api.v1alpha1.FileFormat;
import dev.lettershop.api.v1alpha1.FileSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
          "spec", "is no file source; other sources are not read by this version", "use spec.file");
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
    return switch (format) {
      case Csv -> CsvReader.open(new LineReader(in, dialect.charset()), dialect);
      case NdJson -> new NdJsonReader(new LineReader(in, StandardCharsets.UTF_8));
    };
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
    buffered.mark(2);
    boolean compressed = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
    buffered.reset();
    return compressed ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }
}
