package dev.lettershop.store.audit;

import java.util.Locale;

/** Rows of an audit log, held to each other in their order. Not thread-safe. */
final class AuditChain {

  private final String noted;
  private boolean notedSeen;
  private long entries;
  private String head = AuditEntry.NOTHING;
  private Long brokenId;
  private String problem;

  /**
   * @param noted a hash that has to be among them, or null
   */
  AuditChain(String noted) {
    this.noted = noted == null ? null : noted.strip().toLowerCase(Locale.ROOT);
    this.notedSeen = noted == null || AuditEntry.NOTHING.equals(this.noted);
  }

  /** Whether nothing is broken yet. */
  boolean goesOn() {
    return problem == null;
  }

  void add(AuditEntry entry) {
    entries++;
    if (!entry.previous().equals(head)) {
      brokenAt(entry, "does not follow the row before it: rows were removed, added or moved");
    } else if (!entry.hash().equals(entry.expectedHash())) {
      brokenAt(entry, "is not as it was written: its content does not come to its hash");
    } else {
      head = entry.hash();
      notedSeen |= head.equals(noted);
    }
  }

  private void brokenAt(AuditEntry entry, String what) {
    brokenId = entry.id();
    problem = "row " + entry.id() + " " + what;
  }

  AuditCheck result() {
    if (problem == null && !notedSeen) {
      problem = "no row has the hash that was noted: the end of the log was cut off, or replaced";
    }
    return new AuditCheck(entries, head, brokenId, problem);
  }
}
