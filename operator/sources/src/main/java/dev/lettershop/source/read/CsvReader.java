package dev.lettershop.source.read;

import dev.lettershop.profile.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CSV. A broken record costs one line: when a quote is never closed, or the columns do not
 * fit, only the line where the record starts is given up, and reading goes on with the next one. (A
 * parser that sees the file as one text would lose everything up to the next quote.)
 */
public final class CsvReader implements RecordReader {
  private final LineReader lines;
  private final CsvFields fields;
  private final Map<String, Integer> index;
  private final List<String> columns;
  private final List<Line> continuation = new ArrayList<>();

  /**
   * @param columns the names of the columns, each only once
   */
  private CsvReader(LineReader lines, CsvFields fields, List<String> columns) {
    this.lines = lines;
    this.fields = fields;
    this.columns = List.copyOf(columns);
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      positions.put(columns.get(i), i);
    }
    this.index = Collections.unmodifiableMap(positions);
  }

  /**
   * Starts reading.
   *
   * @throws SourceFault when the header is missing, cannot be read or names a column twice
   */
  public static CsvReader open(LineReader lines, CsvDialect dialect)
      throws IOException, SourceFault {
    CsvFields fields = new CsvFields(delimiter(lines, dialect), dialect.quote());
    if (!dialect.header()) {
      return new CsvReader(lines, fields, dialect.columns());
    }
    List<String> header = header(lines, fields);
    checkDelimiter(header, dialect);
    if (dialect.columns().isEmpty()) {
      return new CsvReader(lines, fields, named(header));
    }
    if (dialect.columns().size() != header.size()) {
      throw new SourceFault(
          "spec.file.csv.columns",
          "names " + dialect.columns().size() + " columns, the file's header has " + header.size(),
          "name every column of the file, or leave columns out to take the header's names");
    }
    return new CsvReader(lines, fields, dialect.columns());
  }

  /** Spreadsheets may say in the first line which delimiter they write: {@code sep=;}. */
  private static char delimiter(LineReader lines, CsvDialect dialect) throws IOException {
    Line first = lines.next();
    if (first instanceof Line.Text text
        && text.text().length() == 5
        && text.text().regionMatches(true, 0, "sep=", 0, 4)) {
      return text.text().charAt(4);
    }
    if (first != null) {
      lines.giveBack(List.of(first));
    }
    return dialect.delimiter();
  }

  /** A header of one column that holds another delimiter is most likely one of several. */
  private static void checkDelimiter(List<String> header, CsvDialect dialect) throws SourceFault {
    if (header.size() != 1 || !dialect.columns().isEmpty()) {
      return;
    }
    for (char other : new char[] {';', '\t', '|', ','}) {
      if (other != dialect.delimiter() && header.get(0).indexOf(other) >= 0) {
        throw new SourceFault(
            "spec.file.csv.delimiter",
            "the header is a single column for this delimiter",
            "did you mean delimiter: \"" + (other == '\t' ? "\\t" : other) + "\"?");
      }
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public SourceRecord next() throws IOException {
    while (true) {
      Line first = lines.next();
      if (first == null) {
        return null;
      }
      if (first instanceof Line.Unreadable unreadable) {
        return new SourceRecord.Broken(unreadable.number(), unreadable.reason(), null);
      }
      SourceRecord record = record((Line.Text) first);
      if (record != null) {
        return record;
      }
    }
  }

  /** The record that starts in this line, or null when the line or all of its fields are blank. */
  private SourceRecord record(Line.Text first) throws IOException {
    if (PlainText.isBlank(first.text())) {
      return null;
    }
    fields.reset();
    continuation.clear();
    CsvFields.State state = fields.feed(first.text());
    while (state == CsvFields.State.Open && fields.openLength() < LineReader.MAX_LINE_BYTES) {
      Line next = lines.next();
      if (next == null) {
        break;
      }
      continuation.add(next);
      if (!(next instanceof Line.Text text)) {
        break;
      }
      state = fields.feed(text.text());
    }
    if (state == CsvFields.State.Complete && isEmpty(0)) {
      return null;
    }
    String fault = fault(state);
    if (fault == null) {
      return new SourceRecord.Fields(
          first.number(), new CsvRow(index, fields.fields()), raw(first));
    }
    lines.giveBack(continuation);
    return new SourceRecord.Broken(first.number(), fault, first.text());
  }

  /** Whether all fields from one on are blank: spreadsheets write delimiters for empty cells. */
  private boolean isEmpty(int from) {
    List<String> found = fields.fields();
    for (int i = from; i < found.size(); i++) {
      if (!PlainText.isBlank(found.get(i))) {
        return false;
      }
    }
    return true;
  }

  private String raw(Line.Text first) {
    if (continuation.isEmpty()) {
      return first.text();
    }
    StringBuilder raw = new StringBuilder(first.text());
    for (Line line : continuation) {
      raw.append('\n').append(((Line.Text) line).text());
    }
    return raw.toString();
  }

  private String fault(CsvFields.State state) {
    return switch (state) {
      case Open -> "a quoted field is never closed";
      case Malformed -> "a quoted field is followed by something other than a delimiter";
      case Complete ->
          fields.fields().size() == columns.size()
                  || fields.fields().size() > columns.size() && isEmpty(columns.size())
              ? null
              : "has " + fields.fields().size() + " columns instead of " + columns.size();
    };
  }

  private static List<String> header(LineReader lines, CsvFields fields)
      throws IOException, SourceFault {
    Line first = lines.next();
    while (first instanceof Line.Text text && PlainText.isBlank(text.text())) {
      first = lines.next();
    }
    if (first == null) {
      throw new SourceFault(
          "spec.file.path",
          "the file is empty: it has no header",
          "check the export; for a file without a header set spec.file.csv.header: false");
    }
    if (first instanceof Line.Unreadable unreadable) {
      throw new SourceFault(
          "spec.file.csv.encoding",
          "line " + unreadable.number() + ", the header, " + unreadable.reason(),
          "set spec.file.csv.encoding to what the file is written in, such as windows-1252");
    }
    fields.reset();
    if (fields.feed(((Line.Text) first).text()) != CsvFields.State.Complete) {
      throw new SourceFault(
          "spec.file.csv.quote",
          "the header has a quote that is never closed, or something behind a closing quote",
          "correct the file's first line, or set spec.file.csv.quote");
    }
    return fields.fields();
  }

  /** Says where a name stands twice, not what it is: where the header is missing, it is data. */
  private static List<String> named(List<String> header) throws SourceFault {
    List<String> names = new ArrayList<>();
    for (String column : header) {
      String name = PlainText.line(column);
      String unique = name.isEmpty() ? "column_" + (names.size() + 1) : name;
      int first = names.indexOf(unique);
      if (first >= 0) {
        throw new SourceFault(
            "spec.file.path",
            "columns " + (first + 1) + " and " + (names.size() + 1) + " have the same name",
            "rename one of them, or name all columns in spec.file.csv.columns; for a file without a"
                + " header set spec.file.csv.header: false");
      }
      names.add(unique);
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
