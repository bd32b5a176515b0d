package dev.lettershop.store.person;

import dev.lettershop.store.encryption.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Finds the rows in quarantine that name a person. They are kept as they came, so they are searched
 * as text: for an address anywhere, for another identity as a word of its own. Memory does not grow
 * with the quarantine.
 */
final class QuarantinedRows {
  /** Shorter identities are words of other people's rows too. */
  private static final int SHORTEST = 3;

  private static final int FETCH = 500;

  private final DSLContext db;
  private final Vault vault;

  QuarantinedRows(DSLContext db, Vault vault) {
    this.db = db;
    this.vault = vault;
  }

  /** Removes them, or with {@code dryRun} only counts them. */
  long about(Set<String> values, boolean dryRun) {
    String any =
        values.stream()
            .filter(value -> value.length() >= SHORTEST)
            .map(value -> Pattern.quote(value.toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining("|"));
    if (any.isEmpty()) {
      return 0;
    }
    Pattern person = Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])");
    List<Long> found = new ArrayList<>();
    try (Cursor<Record> rows =
        db.resultQuery("select id, raw from quarantine where raw is not null")
            .fetchSize(FETCH)
            .fetchLazy()) {
      while (rows.hasNext()) {
        Record row = rows.fetchNext();
        String raw = vault.openText(row.get(1, String.class));
        if (person.matcher(raw.toLowerCase(Locale.ROOT)).find()) {
          found.add(row.get(0, Long.class));
        }
      }
    }
    return dryRun || found.isEmpty()
        ? found.size()
        : db.execute(
            "delete from quarantine where id = any(?::bigint[])",
            (Object) found.toArray(Long[]::new));
  }
}
