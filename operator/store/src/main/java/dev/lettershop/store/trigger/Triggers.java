package dev.lettershop.store.trigger;

import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What triggers campaigns, and what becomes of the people. Thread-safe. */
public final class Triggers {
  private final Database database;

  public Triggers(Database database) {
    this.database = database;
  }

  /**
   * Says that a campaign is there: from the first time on, whoever does this enters. What triggered
   * the campaign before does so no longer, and who waits because of it is cancelled.
   */
  public Trigger register(String namespace, String campaign, Trigger.Kind kind, String source) {
    Trigger trigger =
        database.transact(
            "register the trigger of " + namespace + "/" + campaign,
            db -> {
              Record row =
                  db.fetchSingle(
                      """
                      insert into campaign_trigger as t (namespace, campaign, kind, source)
                      values (?, ?, ?, ?)
                      on conflict (namespace, campaign, kind, source) do update set
                        seen_at = now(), retired_at = null,
                        activated_at = case when t.retired_at is null then t.activated_at
                                            else now() end
                      returning id, activated_at
                      """,
                      namespace,
                      campaign,
                      kind.key(),
                      source);
              retireOthers(db, namespace, campaign, row.get(0, Integer.class));
              return new Trigger(
                  row.get(0, Integer.class),
                  namespace,
                  campaign,
                  kind,
                  source,
                  row.get(1, Instant.class));
            });
    return trigger;
  }

  private static void retireOthers(DSLContext db, String namespace, String campaign, int own) {
    Integer[] others =
        db.fetch(
                """
                update campaign_trigger set retired_at = now()
                where namespace = ? and campaign = ? and id <> ? and retired_at is null returning id
                """,
                namespace,
                campaign,
                own)
            .map(row -> row.get(0, Integer.class))
            .toArray(Integer[]::new);
    if (others.length > 0) {
      db.execute(
          """
          update trigger_entry set decided_at = now(), outcome = 'cancelled'
          where trigger_id = any(?) and decided_at is null
          """,
          (Object) others);
    }
  }

  /** The event that triggers a campaign; empty when none does, or no worker has registered it. */
  public Optional<String> eventOf(String namespace, String campaign) {
    return database.once(
        "look up what triggers " + namespace + "/" + campaign,
        db ->
            db.fetchOptional(
                    """
                    select source from campaign_trigger
                    where namespace = ? and campaign = ? and kind = 'event' and retired_at is null
                    """,
                    namespace,
                    campaign)
                .map(row -> row.get(0, String.class)));
  }

  /** Says that the campaign is still there. */
  public void isThere(Trigger trigger) {
    database.once(
        "say that the campaign is there",
        db ->
            db.execute(
                "update campaign_trigger set seen_at = now() where id = ? and retired_at is null",
                trigger.id()));
  }

  /** What time it is for the database. */
  public Instant now() {
    return database.once(
        "ask for the time", db -> db.fetchSingle("select clock_timestamp()").get(0, Instant.class));
  }

  /**
   * Notes that a source of events has been read, so that what it knew then is stored.
   *
   * @param began when the reading began, by the database's clock
   */
  public void wasRead(String source, Instant began) {
    database.once(
        "note that a source was read",
        db ->
            db.execute(
                """
                insert into source_read (source, read_at) values (?, ?::timestamptz)
                on conflict (source)
                  do update set read_at = greatest(source_read.read_at, excluded.read_at)
                """,
                source,
                began.atOffset(ZoneOffset.UTC)));
  }

  /** Wakes whoever waits for the trigger. */
  public void ring(Trigger trigger) {
    TriggerBell.ring(database, Set.of(trigger.id()));
  }

  /** What wakes whoever waits for the trigger; hears from its first wait on. */
  public TriggerBell bell(Trigger trigger) {
    return new TriggerBell(database, trigger.id());
  }

  /** Decides about at most {@code limit} of those who are due. */
  public Admitted admit(Trigger trigger, AdmissionRequest request, int limit) {
    Admitted admitted = new Admission(database, trigger, request).round(limit);
    if (admitted.planned() > 0) {
      ring(trigger);
    }
    return admitted;
  }

  /**
   * Who would have got the mail, had the campaign been there. Changes nothing.
   *
   * @param since how far back events are looked at
   * @param listed the most single people to name
   */
  public SimulationResult simulate(
      String namespace,
      Trigger.Kind kind,
      String source,
      AdmissionRequest request,
      Duration since,
      int listed) {
    return new Simulation(database).run(namespace, kind, source, request, since, listed);
  }

  /** What became of a person's events, the newest first. */
  public List<TriggeredPerson> explain(String namespace, String campaign, long profile, int limit) {
    return database.once(
        "explain a person's way",
        db ->
            db.fetch(
                    """
                    select e.event_id, e.triggered_at, e.outcome, e.decided_at, r.name,
                      d.state::text || coalesce(' (' || d.reason || ')', '')
                    from campaign_trigger t join trigger_entry e on e.trigger_id = t.id
                    left join run r on r.id = e.run_id
                    left join delivery d on d.run_id = e.run_id and d.profile_id = e.profile_id
                    where t.namespace = ? and t.campaign = ? and e.profile_id = ?
                    order by e.triggered_at desc limit ?
                    """,
                    namespace,
                    campaign,
                    profile,
                    limit)
                .map(
                    row ->
                        new TriggeredPerson(
                            row.get(0, String.class),
                            instant(row, 1),
                            row.get(2, String.class),
                            instant(row, 3),
                            row.get(4, String.class),
                            row.get(5, String.class))));
  }

  /**
   * How many wait, and how many of them are due at once with a delay.
   *
   * @param delay of a plan, be it the present one or another
   */
  public Waiting waiting(String namespace, String campaign, Duration delay) {
    return database.once(
        "count who waits for " + namespace + "/" + campaign,
        db -> {
          Record row =
              db.fetchSingle(
                  """
                  select count(*), count(*) filter (
                    where e.triggered_at <= now() - make_interval(secs => ?))
                  from campaign_trigger t join trigger_entry e on e.trigger_id = t.id
                  where t.namespace = ? and t.campaign = ? and t.retired_at is null
                    and e.decided_at is null
                  """,
                  (double) delay.toSeconds(),
                  namespace,
                  campaign);
          return new Waiting(row.get(0, Long.class), row.get(1, Long.class));
        });
  }

  /**
   * @param waiting people who are not decided about
   * @param due how many of them are due
   */
  public record Waiting(long waiting, long due) {}

  /** What there is to do; one statement. */
  public Agenda agenda(Trigger trigger) {
    return database.once(
        "look what is due for " + trigger.namespace() + "/" + trigger.campaign(),
        db -> {
          List<Agenda.OpenRun> runs = new ArrayList<>();
          Instant now = null;
          Instant oldest = null;
          for (Record row :
              db.fetch(
                  """
                  select clock_timestamp(), t.oldest, r.id, r.name, r.due, r.over
                  from (select (
                    select e.triggered_at from trigger_entry e
                    where e.trigger_id = ? and e.decided_at is null
                    order by e.triggered_at limit 1) as oldest) t
                  left join (
                    select r.id, r.name, r.open_until <= now() as over, least(
                      (select d.next_attempt_at from delivery d
                       where d.run_id = r.id and d.next_attempt_at is not null
                         and d.state in ('planned', 'deferred')
                       order by d.next_attempt_at limit 1),
                      (select min(l.expires_at) from lease l
                       where l.run_id = r.id and l.released_at is null)) as due
                    from run r where r.trigger_id = ? and r.state = 'Frozen') r on true
                  order by r.id
                  """,
                  trigger.id(),
                  trigger.id())) {
            now = instant(row, 0);
            oldest = instant(row, 1);
            if (row.get(2) != null) {
              runs.add(
                  new Agenda.OpenRun(
                      row.get(2, Long.class),
                      row.get(3, String.class),
                      instant(row, 4),
                      row.get(5, Boolean.class)));
            }
          }
          return new Agenda(now, oldest, runs);
        });
  }

  private static Instant instant(Record row, int column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * How it is doing. Counts those who wait: with a million of them it takes a while.
   *
   * @param delay of the present plan
   */
  public TriggerFigures figures(Trigger trigger, Duration delay) {
    return database.once(
        "count who waits for " + trigger.namespace() + "/" + trigger.campaign(),
        db -> {
          Record row =
              db.fetchSingle(
                  """
                  select count(*),
                    coalesce(extract(epoch from now() - min(triggered_at)), 0)::double precision,
                    (select coalesce(sum(l.sent), 0) from run r join lease l on l.run_id = r.id
                     where r.trigger_id = ? and r.state = 'Frozen')
                  from trigger_entry where trigger_id = ? and decided_at is null
                  """,
                  trigger.id(),
                  trigger.id());
          Map<String, Long> outcomes = new TreeMap<>();
          db.fetch(
                  """
                  select outcome, sum(people) from trigger_tally
                  where trigger_id = ? and hour > now() - interval '24 hours' group by 1
                  """,
                  trigger.id())
              .forEach(o -> outcomes.put(o.get(0, String.class), o.get(1, Long.class)));
          long waiting = row.get(0, Long.class);
          Duration oldest = Duration.ofMillis((long) (row.get(1, Double.class) * 1000));
          Duration lag =
              waiting == 0 || oldest.compareTo(delay) < 0 ? Duration.ZERO : oldest.minus(delay);
          return new TriggerFigures(waiting, lag, outcomes, row.get(2, Long.class));
        });
  }
}
