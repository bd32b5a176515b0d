package dev.lettershop.source.connect.jdbc;

/**
 * A query with its places for the watermark, which are found outside of texts, quoted names and
 * comments. Read from left to right, so that no length or depth of it needs more than one look.
 */
final class QueryText {
  private static final String PLACE = ":watermark";

  private final String query;
  private final StringBuilder sql = new StringBuilder();
  private int placeholders;
  private int at;

  private QueryText(String query) {
    this.query = query;
  }

  /** The query without what ends a statement. */
  static QueryText of(String query) {
    int end = query.length();
    while (end > 0 && (query.charAt(end - 1) <= ' ' || query.charAt(end - 1) == ';')) {
      end--;
    }
    QueryText text = new QueryText(query.substring(0, end).strip());
    text.read();
    return text;
  }

  /** With a question mark in each place. */
  String sql() {
    return sql.toString();
  }

  int placeholders() {
    return placeholders;
  }

  private void read() {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (c == '\'' || c == '"') {
        take(closing(c));
      } else if (query.startsWith("--", at)) {
        take(behind("\n", at + 2));
      } else if (query.startsWith("/*", at)) {
        take(behind("*/", at + 2));
      } else if (isPlace()) {
        sql.append('?');
        placeholders++;
        at += PLACE.length();
      } else {
        take(at + 1);
      }
    }
  }

  private void take(int end) {
    sql.append(query, at, end);
    at = end;
  }

  private int closing(char quote) {
    int end = query.indexOf(quote, at + 1);
    return end < 0 ? query.length() : end + 1;
  }

  private int behind(String mark, int from) {
    int end = query.indexOf(mark, from);
    return end < 0 ? query.length() : end + mark.length();
  }

  /** Two colons are PostgreSQL's cast. */
  private boolean isPlace() {
    int end = at + PLACE.length();
    return query.startsWith(PLACE, at)
        && (at == 0 || query.charAt(at - 1) != ':' && !isWord(query.charAt(at - 1)))
        && (end == query.length() || !isWord(query.charAt(end)));
  }

  private static boolean isWord(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
