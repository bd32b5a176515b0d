package dev.lettershop.source.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Reads a file's records one after the other. Not thread-safe. */
public sealed interface RecordReader extends Closeable permits CsvReader, NdJsonReader {
  /** The next record, or null at the end. */
  SourceRecord next() throws IOException;

  /** The columns that every record has, or null when each record has its own. */
  List<String> columns();
}
