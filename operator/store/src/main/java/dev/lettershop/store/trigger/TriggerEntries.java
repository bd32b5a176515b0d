package dev.lettershop.store.trigger;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Enters people for whom something that they did triggers a campaign, as it is stored. */
public final class TriggerEntries {
  private static final String POSSIBLE =
      """
      select exists (
        select from campaign_trigger t
        where t.kind = 'event' and t.retired_at is null and exists (
          select from load_stage s where s.name = t.source and s.occurred_at >= t.activated_at))
      """;

  // The key has no time: whoever sends an event again, with whatever time, triggers once.
  private static final String ENTER =
      """
      with stored as (%s returning profile_id, name, occurred_at, id, properties),
      entered as (
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, properties)
        select s.profile_id, t.id, s.id, s.occurred_at, s.properties
        from stored s join campaign_trigger t on t.kind = 'event' and t.source = s.name
          and t.retired_at is null and s.occurred_at >= t.activated_at
        on conflict do nothing returning trigger_id)
      select (select count(*) from stored), (select array_agg(distinct trigger_id) from entered)
      """;

  /**
   * CTEs for a refresh: {@code entered} follows {@code come} with its {@code profile_id} and {@code
   * entered_at}. Placeholders: {1} is the segment's number, {2} the moment.
   */
  public static final String OF_SEGMENT =
      """
      entered as (
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at)
        select c.profile_id, t.id, 'entered/' || extract(epoch from {2})::text, {2}
        from come c join segment s on s.id = {1}
        join campaign_trigger t on t.kind = 'segment' and t.namespace = s.namespace
          and t.source = s.name and t.retired_at is null and t.activated_at <= {2}
        where s.refreshed_at is not null and s.rule = {3}
        on conflict do nothing returning trigger_id),
      """;

  private TriggerEntries() {}

  /**
   * What was stored.
   *
   * @param triggers numbers of those that somebody has entered
   */
  public record Stored(long events, List<Integer> triggers) {}

  /**
   * Stores events of the load's stage, and enters their people in the same statement.
   *
   * @param insert into event, or a table of the same columns
   */
  public static Stored insert(DSLContext db, String insert) {
    if (!db.fetchSingle(POSSIBLE).get(0, Boolean.class)) {
      return new Stored(db.execute(insert), List.of());
    }
    Record row = db.fetchSingle(ENTER.formatted(insert));
    Integer[] triggers = row.get(1, Integer[].class);
    return new Stored(row.get(0, Long.class), triggers == null ? List.of() : List.of(triggers));
  }
}
