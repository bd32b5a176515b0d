package dev.lettershop.collector.mapping;

/**
 * A call for the quarantine.
 *
 * @param field at fault, or null
 * @param raw as it came
 */
record Unusable(String position, String field, String reason, byte[] raw) {
  /** Without what it says: that is personal. */
  @Override
  public String toString() {
    return "Unusable[" + field + " " + reason + "]";
  }
}
