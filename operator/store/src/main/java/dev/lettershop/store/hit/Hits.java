package dev.lettershop.store.hit;

import dev.lettershop.store.consent.MeasuringConsent;
import dev.lettershop.store.database.Database;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** Stores what collectors see of mails, and tells them where links lead. Thread-safe. */
public final class Hits {

  /**
   * Names the person only when there still is one, under the number that the profile has now, and
   * an open only with the consent that counts at this moment.
   */
  private static final String APPEND =
      """
      insert into hit (id, day, at, kind, run_id, profile_id, number, method, prefetch,
        network, referer, agent)
      select h.id, (h.at at time zone 'UTC')::date,
        case when w.id is null then date_trunc('hour', h.at, 'UTC') else h.at end,
        h.kind, h.run_id, coalesce(w.id, 0), h.number, h.method, h.prefetch,
        case when w.id is not null then h.network::cidr end,
        case when w.id is not null then h.referer end,
        h.agent
      from unnest({0}::uuid[], {1}::timestamptz[], {2}::text[], {3}::bigint[], {4}::bigint[],
          {5}::int[], {6}::text[], {7}::boolean[], {8}::text[], {9}::text[], {10}::text[])
        as h (id, at, kind, run_id, named, number, method, prefetch, network, referer, agent)
      left join merged_profile m on m.loser = h.named
      left join run r on r.id = h.run_id
      left join profile w on w.id = coalesce(m.survivor, h.named)
        and (h.kind = 'Click' or %s)
      on conflict do nothing
      """
          .formatted(MeasuringConsent.sql("w", "r.opens_topic"));

  private static final String TARGETS = "select run_id, number, template, address from link where ";

  private final Database database;
  private final Set<LocalDate> days = ConcurrentHashMap.newKeySet();

  public Hits(Database database) {
    this.database = database;
  }

  /**
   * Stores hits in one transaction; one that is stored already is left as it is.
   *
   * @throws dev.lettershop.store.database.StoreException when the database fails, or a hit is more
   *     than 40 days old
   */
  public void append(List<Hit> hits) {
    if (hits.isEmpty()) {
      return;
    }
    Set<LocalDate> wanted = new TreeSet<>();
    hits.forEach(hit -> wanted.add(hit.at().atOffset(ZoneOffset.UTC).toLocalDate()));
    wanted.removeAll(days);
    database.transact(
        "store hits",
        db -> {
          wanted.forEach(day -> db.execute("select make_hit_partition(?::date)", day.toString()));
          return db.execute(
              APPEND,
              DSL.val(column(hits, Hit::id, UUID[]::new)),
              DSL.val(
                  column(hits, hit -> hit.at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new)),
              DSL.val(column(hits, hit -> hit.kind().name(), String[]::new)),
              DSL.val(column(hits, Hit::runId, Long[]::new)),
              DSL.val(column(hits, Hit::profileId, Long[]::new)),
              DSL.val(column(hits, Hit::number, Integer[]::new)),
              DSL.val(column(hits, Hit::method, String[]::new)),
              DSL.val(column(hits, Hit::prefetch, Boolean[]::new)),
              DSL.val(column(hits, Hit::network, String[]::new)),
              DSL.val(column(hits, Hit::referer, String[]::new)),
              DSL.val(column(hits, Hit::agent, String[]::new)));
        });
    days.addAll(wanted);
  }

  private static <T> T[] column(
      List<Hit> hits, Function<Hit, T> value, java.util.function.IntFunction<T[]> array) {
    return hits.stream().map(value).toArray(array);
  }

  /** Where the links of one run lead, by number; empty when the run has none. */
  public List<LinkTarget> targets(long runId) {
    return database
        .once("read links", db -> db.fetch(TARGETS + "run_id = ? order by number", runId))
        .map(Hits::target);
  }

  /**
   * Where links lead of all runs whose audience was frozen since then, by number of the run.
   *
   * @param seconds before the database's present time
   */
  public Map<Long, List<LinkTarget>> targetsOfLast(long seconds) {
    Result<Record> rows =
        database.once(
            "read links",
            db ->
                db.fetch(
                    TARGETS
                        + "run_id in (select id from run"
                        + " where frozen_at > now() - make_interval(secs => ?))"
                        + " order by run_id, number",
                    (double) seconds));
    Map<Long, List<LinkTarget>> targets = new HashMap<>();
    rows.forEach(
        row ->
            targets
                .computeIfAbsent(row.get(0, Long.class), run -> new ArrayList<>())
                .add(target(row)));
    return targets;
  }

  private static LinkTarget target(Record row) {
    return new LinkTarget(
        row.get(1, Integer.class), row.get(2, String.class), List.of(row.get(3, String[].class)));
  }

  /** How often each link of a run was asked for, and by whom, by number of the link. */
  public List<LinkHits> clicks(long runId) {
    return database
        .once(
            "count clicks",
            db ->
                db.fetch(
                    """
                    select number, count(*), count(distinct profile_id) filter (where profile_id > 0),
                      count(distinct profile_id)
                        filter (where profile_id > 0 and verdict in ('Human', 'Proxy'))
                    from hit where run_id = ? and kind = 'Click' group by 1 order by 1
                    """,
                    runId))
        .map(
            row ->
                new LinkHits(
                    row.get(0, Integer.class),
                    row.get(1, Long.class),
                    row.get(2, Long.class),
                    row.get(3, Long.class)));
  }
}
