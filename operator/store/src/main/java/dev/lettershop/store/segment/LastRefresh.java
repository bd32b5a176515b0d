package dev.lettershop.store.segment;

import java.time.OffsetDateTime;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * What is known of a segment when a refresh begins.
 *
 * @param at when it was last refreshed; null for never
 * @param rule fingerprint of the rule that was then answered
 * @param snapshot which transactions that refresh has seen, as PostgreSQL writes it
 * @param isOfThisServer whether the snapshot can be one of this server's: after a restore into
 *     another one, its numbers mean nothing
 * @param asked when this was asked, by the database's clock
 * @param present which transactions could be seen then: no more than what is read later, so that
 *     nothing falls in between
 * @param profiles about how many profiles there are
 */
record LastRefresh(
    int id,
    OffsetDateTime at,
    String rule,
    String snapshot,
    boolean isOfThisServer,
    OffsetDateTime asked,
    String present,
    double profiles) {

  static LastRefresh read(DSLContext db, String namespace, String name) {
    Record row =
        db.fetchSingle(
            """
            select id, refreshed_at, rule, snapshot::text,
              pg_snapshot_xmax(snapshot) <= pg_snapshot_xmax(pg_current_snapshot()),
              clock_timestamp(), pg_current_snapshot()::text,
              (select greatest(reltuples, 0) from pg_class where oid = 'profile'::regclass)
            from segment where namespace = ? and name = ?
            """,
            namespace,
            name);
    return new LastRefresh(
        row.get(0, Integer.class),
        row.get(1, OffsetDateTime.class),
        row.get(2, String.class),
        row.get(3, String.class),
        Boolean.TRUE.equals(row.get(4, Boolean.class)),
        row.get(5, OffsetDateTime.class),
        row.get(6, String.class),
        row.get(7, Double.class));
  }
}
