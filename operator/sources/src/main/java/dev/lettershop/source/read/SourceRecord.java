package dev.lettershop.source.read;

import java.util.Map;

/** What a file holds at one position: fields by name, or something that cannot be read as such. */
public sealed interface SourceRecord {
  /** The 1-based line where the record starts. */
  long line();

  /**
   * @param fields text by column name for CSV; nested maps, lists, numbers and booleans for JSON
   * @param raw as it stands in the file
   */
  record Fields(long line, Map<String, Object> fields, String raw) implements SourceRecord {
    /** The record as a JSON object, so that it can be read again without its file. */
    public String json() {
      return RecordText.of(fields);
    }

    /** Without what it says: that may be personal. */
    @Override
    public String toString() {
      return "Fields[line=" + line + "]";
    }
  }

  /**
   * @param reason what is wrong with the record as a whole
   * @param raw as it stands in the file, or null when it cannot be read as text
   */
  record Broken(long line, String reason, String raw) implements SourceRecord {
    /** Without what it says: that may be personal. */
    @Override
    public String toString() {
      return "Broken[line=" + line + ", reason=" + reason + "]";
    }
  }
}
