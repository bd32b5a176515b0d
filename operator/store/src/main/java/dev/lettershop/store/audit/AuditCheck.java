package dev.lettershop.store.audit;

/**
 * What looking through the audit log came to.
 *
 * @param entries rows that were looked at; those after the first broken one are not
 * @param head hash of the last row, in hexadecimal: note it elsewhere, and a later check finds out
 *     whether rows after it were cut off. Of an empty log 64 zeros
 * @param brokenId id of the first row that is not as it was written; null when there is none
 * @param problem what is wrong with it, or with the log as a whole; null when nothing is
 */
public record AuditCheck(long entries, String head, Long brokenId, String problem) {

  /** Whether everything is as it was written. */
  public boolean intact() {
    return problem == null;
  }
}
