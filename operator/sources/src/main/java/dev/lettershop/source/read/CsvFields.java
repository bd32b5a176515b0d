package dev.lettershop.source.read;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the lines of one CSV record into its fields (RFC 4180): a quoted field may hold
 * delimiters, line breaks and doubled quotes. A quote in the middle of an unquoted field is taken
 * as it stands, as spreadsheets do. Not thread-safe; {@link #reset()} starts the next record.
 */
final class CsvFields {
  /** Where a record stands after a line of it. */
  enum State {
    Complete,
    /** Inside a quoted field: the record goes on in the next line. */
    Open,
    /** Something other than a delimiter follows a closing quote. */
    Malformed
  }

  /** Stands for "nothing is quoted in this dialect". */
  static final char NO_QUOTE = '\0';

  private final char delimiter;
  private final char quote;
  private final StringBuilder quoted = new StringBuilder();
  private List<String> fields = new ArrayList<>();
  private boolean open;

  CsvFields(char delimiter, char quote) {
    this.delimiter = delimiter;
    this.quote = quote;
  }

  void reset() {
    fields = new ArrayList<>(fields.size());
    quoted.setLength(0);
    open = false;
  }

  /** The record's fields; complete when the last line left it {@link State#Complete}. */
  List<String> fields() {
    return fields;
  }

  /** Length of the field that is still open, in UTF-16 code units. */
  int openLength() {
    return quoted.length();
  }

  State feed(String line) {
    int at = 0;
    if (open) {
      quoted.append('\n');
      at = quotedField(line, 0);
    } else if (quote == NO_QUOTE || line.indexOf(quote) < 0) {
      split(line);
      return State.Complete;
    } else {
      at = field(line, 0);
    }
    while (at >= 0 && at < line.length()) {
      at = field(line, at + 1);
    }
    if (open) {
      return State.Open;
    }
    return at < 0 ? State.Malformed : State.Complete;
  }

  private void split(String line) {
    int start = 0;
    int end = line.indexOf(delimiter);
    while (end >= 0) {
      fields.add(line.substring(start, end));
      start = end + 1;
      end = line.indexOf(delimiter, start);
    }
    fields.add(line.substring(start));
  }

  /** Reads the field that starts here; gives the place of the delimiter behind it, or -1. */
  private int field(String line, int start) {
    if (start < line.length() && line.charAt(start) == quote) {
      open = true;
      return quotedField(line, start + 1);
    }
    int end = line.indexOf(delimiter, start);
    fields.add(line.substring(start, end < 0 ? line.length() : end));
    return end < 0 ? line.length() : end;
  }

  private int quotedField(String line, int start) {
    int from = start;
    while (true) {
      int end = line.indexOf(quote, from);
      if (end < 0) {
        quoted.append(line, from, line.length());
        return line.length();
      }
      quoted.append(line, from, end);
      if (end + 1 < line.length() && line.charAt(end + 1) == quote) {
        quoted.append(quote);
        from = end + 2;
      } else {
        return closed(line, end + 1);
      }
    }
  }

  private int closed(String line, int behindQuote) {
    open = false;
    fields.add(quoted.toString());
    quoted.setLength(0);
    int at = behindQuote;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at == line.length() || line.charAt(at) == delimiter ? at : -1;
  }
}
