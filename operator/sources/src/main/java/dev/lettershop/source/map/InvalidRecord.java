package dev.lettershop.source.map;

/**
 * A record that could not be used. Says where it stands and why, never what it says: the value may
 * be personal.
 *
 * @param position file and line, such as {@code customers.csv:17}
 * @param field the target field or column at fault; empty when it is the record as a whole
 * @param reason what is wrong with it
 */
public record InvalidRecord(String position, String field, String reason) {
  /** {@code customers.csv:17: last_active_at: ambiguous date …} */
  @Override
  public String toString() {
    return position + ": " + (field.isEmpty() ? "" : field + ": ") + reason;
  }
}
