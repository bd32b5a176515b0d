package dev.lettershop.store.segment;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.rule.RuleSql;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What another rule would make of a segment.
 *
 * @param members recorded at the last refresh
 * @param refreshed when that was; null when there was none, and everybody would enter
 * @param size members with the rule
 * @param enter of these, who is none now
 * @param leave members now who would be none
 * @param eventsOfAllTime how many events the rule looks at without a window, by name, estimated
 */
public record SegmentDifference(
    long members,
    Instant refreshed,
    long size,
    long enter,
    long leave,
    Map<String, Long> eventsOfAllTime) {

  private static final String COMPARE =
      """
      with then_in as materialized (select p.id from profile p where {0}),
      segment_now as (select id, refreshed_at from segment where namespace = {1} and name = {2}),
      member as materialized (
        select profile_id from membership where segment_id = (select id from segment_now)),
      both_in as (select count(*) as n from then_in t join member m on m.profile_id = t.id)
      select (select count(*) from member), (select refreshed_at from segment_now),
        (select count(*) from then_in), (select n from both_in)
      """;

  static SegmentDifference between(
      DSLContext db, String namespace, String name, Rule rule, ProfileSchema schema, Vault vault) {
    db.execute("set transaction read only");
    db.execute("set local jit = off");
    db.execute("set local work_mem = '128MB'");
    OffsetDateTime now = db.fetchSingle("select now()").get(0, OffsetDateTime.class);
    Field<OffsetDateTime> moment = DSL.inline(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    Record counts =
        db.fetchSingle(
            COMPARE,
            new RuleSql(schema, vault).condition(rule, moment),
            DSL.val(namespace),
            DSL.val(name));
    long members = counts.get(0, Long.class);
    OffsetDateTime refreshed = counts.get(1, OffsetDateTime.class);
    long size = counts.get(2, Long.class);
    long both = counts.get(3, Long.class);
    return new SegmentDifference(
        members,
        refreshed == null ? null : refreshed.toInstant(),
        size,
        size - both,
        members - both,
        EventsOfAllTime.of(db, rule));
  }
}
