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
 */
record LastRefresh(
    int id, OffsetDateTime at, String rule, String snapshot, boolean isOfThisServer) {

  static LastRefresh read(DSLContext db, String namespace, String name) {
    Record row =
        db.fetchSingle(
            """
            select id, refreshed_at, rule, snapshot::text,
              pg_snapshot_xmax(snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
            from segment where namespace = ? and name = ?
            """,
            namespace,
            name);
    return new LastRefresh(
        row.get(0, Integer.class),
        row.get(1, OffsetDateTime.class),
        row.get(2, String.class),
        row.get(3, String.class),
        Boolean.TRUE.equals(row.get(4, Boolean.class)));
  }
}
