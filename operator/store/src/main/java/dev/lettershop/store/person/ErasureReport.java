package dev.lettershop.store.person;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was erased of one person, or would be.
 *
 * @param rows how many, by table
 * @param suppressed hashes of addresses that are kept so that nobody mails them again
 * @param auditId number of the row in the audit log that proves it; null when nothing was done
 * @param auditHash that row's hash, in hexadecimal; null when nothing was done
 */
public record ErasureReport(
    long profileId, Map<String, Long> rows, long suppressed, Long auditId, String auditHash) {
  public ErasureReport {
    rows = new TreeMap<>(rows);
  }
}
