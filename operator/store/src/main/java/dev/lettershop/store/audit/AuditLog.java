package dev.lettershop.store.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.database.Database;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The audit log of one store. Thread-safe. */
public final class AuditLog {

  private static final JsonMapper JSON = JsonMappers.SORTED;
  private static final String COLUMNS =
      "id, occurred_at, action, actor, profile_id, detail::text, previous, hash";
  private static final int FETCH = 1000;

  private final Database database;

  public AuditLog(Database database) {
    this.database = database;
  }

  /**
   * Adds a row. Until the caller's transaction ends nobody else can add one: do it last.
   *
   * @param db within the caller's transaction
   * @param profileId null when it is about no single person
   * @param detail numbers, names and hashes; never personal data
   */
  public static void append(
      DSLContext db, String action, String actor, Long profileId, Map<String, ?> detail) {
    db.execute(
        "insert into audit (action, actor, profile_id, detail) values (?, ?, ?, ?::jsonb)",
        action,
        actor,
        profileId,
        detail == null || detail.isEmpty() ? null : json(detail));
  }

  /** Adds a row in a transaction of its own. */
  public void append(String action, String actor, Long profileId, Map<String, ?> detail) {
    database.transact(
        "write to the audit log",
        db -> {
          append(db, action, actor, profileId, detail);
          return null;
        });
  }

  private static String json(Map<String, ?> detail) {
    try {
      return JSON.writeValueAsString(detail);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Details are plain data and must serialise", e);
    }
  }

  /** The newest rows that are asked for, oldest first. */
  public List<AuditEntry> list(AuditQuery query) {
    return database.once(
        "read the audit log",
        db -> {
          OffsetDateTime since =
              query.since() == null ? null : query.since().atOffset(ZoneOffset.UTC);
          List<AuditEntry> newest =
              new ArrayList<>(
                  db.fetch(
                          "select "
                              + COLUMNS
                              + """
                               from audit
                              where (?::timestamptz is null or occurred_at >= ?::timestamptz)
                                and (?::text is null or starts_with(action, ?::text))
                                and (?::bigint is null or profile_id = ?::bigint)
                              order by id desc limit ?
                              """,
                          since,
                          since,
                          query.action(),
                          query.action(),
                          query.profileId(),
                          query.profileId(),
                          query.limit())
                      .map(AuditLog::entry));
          Collections.reverse(newest);
          return newest;
        });
  }

  /**
   * What was done about the suppression of an address or a domain, oldest first.
   *
   * @param address hash in hexadecimal
   */
  public static List<AuditEntry> aboutSuppression(DSLContext db, String address, String domain) {
    return db.fetch(
            "select "
                + COLUMNS
                + """
                 from audit where starts_with(action, 'suppression.') and (
                  detail ->> 'address' = ? or detail ->> 'domain' = ?
                  or detail -> 'domains' @> to_jsonb(?::text))
                order by id
                """,
            address,
            domain,
            domain)
        .map(AuditLog::entry);
  }

  /**
   * Reads the whole log and works every hash out anew; memory does not grow with it.
   *
   * @param noted a hash that the log had as its head once, in hexadecimal, or null: it must still
   *     be there
   */
  public AuditCheck verify(String noted) {
    return database.transact(
        "verify the audit log",
        db -> {
          db.execute("set transaction isolation level repeatable read, read only");
          AuditChain chain = new AuditChain(noted);
          try (Cursor<Record> rows =
              db.resultQuery("select " + COLUMNS + " from audit order by id")
                  .fetchSize(FETCH)
                  .fetchLazy()) {
            while (chain.goesOn() && rows.hasNext()) {
              chain.add(entry(rows.fetchNext()));
            }
          }
          return chain.result();
        });
  }

  private static AuditEntry entry(Record row) {
    return new AuditEntry(
        row.get(0, Long.class),
        row.get(1, OffsetDateTime.class).toInstant(),
        row.get(2, String.class),
        row.get(3, String.class),
        row.get(4, Long.class),
        row.get(5, String.class),
        HexFormat.of().formatHex(row.get(6, byte[].class)),
        HexFormat.of().formatHex(row.get(7, byte[].class)));
  }
}
