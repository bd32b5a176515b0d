package dev.lettershop.store.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * What a PostgreSQL says of itself.
 *
 * @param version major version, such as 17
 * @param exact as it is printed, such as {@code 17.6}
 * @param encoding of the database, such as {@code UTF8}
 * @param fsync whether commits reach the disk
 * @param synchronous whether a commit waits for that
 * @param connections how many it takes in all
 * @param tls whether this connection is encrypted
 * @param mayCreate whether the user may make tables
 * @param now its clock
 */
public record ServerFacts(
    int version,
    String exact,
    String encoding,
    boolean fsync,
    boolean synchronous,
    int connections,
    boolean tls,
    boolean mayCreate,
    Instant now) {
  private static final int PER_MAJOR = 10_000;

  /** Asks it. */
  public static ServerFacts of(DSLContext db) {
    Record facts =
        db.fetchSingle(
            """
            select current_setting('server_version_num')::int as number,
                   split_part(current_setting('server_version'), ' ', 1) as exact,
                   current_setting('server_encoding') as encoding,
                   current_setting('fsync')::boolean as fsync,
                   current_setting('synchronous_commit') <> 'off' as synchronous,
                   current_setting('max_connections')::int as connections,
                   coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as tls,
                   has_schema_privilege(current_user, current_schema(), 'create') as may_create,
                   clock_timestamp() as now
            """);
    return new ServerFacts(
        facts.get("number", Integer.class) / PER_MAJOR,
        facts.get("exact", String.class),
        facts.get("encoding", String.class),
        facts.get("fsync", Boolean.class),
        facts.get("synchronous", Boolean.class),
        facts.get("connections", Integer.class),
        facts.get("tls", Boolean.class),
        facts.get("may_create", Boolean.class),
        facts.get("now", OffsetDateTime.class).toInstant());
  }
}
