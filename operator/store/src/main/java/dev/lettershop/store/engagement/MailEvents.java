package dev.lettershop.store.engagement;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.load.event.EventPartitions;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;

/**
 * Makes events of what the ledger, bounces and consents say about mails, so that rules can ask for
 * it: {@code email_sent}, {@code email_bounced}, {@code complained} and {@code unsubscribed}. What
 * was told before is not told again; doing it twice changes nothing. Thread-safe.
 */
public final class MailEvents {
  /** How long a transaction may take to become visible after its time. */
  private static final String OVERLAP = "interval '10 minutes'";

  private static final String SENT =
      """
      with told as materialized (
        select r.id, r.campaign, r.name, coalesce(r.told_to, '-infinity') as since from run r
        where r.frozen_at is not null and r.purged_at is null and not r.dry_run and not r.test
          and (r.told_to is null
               or exists (select from lease l where l.run_id = r.id
                          and (l.released_at is null or l.released_at > r.told_to - %1$s))
               or r.state = 'Completed' and r.completed_at > r.told_to - %1$s)
        for update of r skip locked),
      happened as (
        insert into event (profile_id, name, occurred_at, id, properties)
        select d.profile_id, 'email_sent', d.updated_at, 'sent/' || d.run_id,
          jsonb_strip_nulls(jsonb_build_object(
            'campaign', t.campaign, 'run', t.name, 'variant', d.variant))
        from told t
        join delivery d on d.run_id = t.id and d.state = 'sent' and d.updated_at > t.since - %1$s
        join profile p on p.id = d.profile_id
        on conflict do nothing)
      update run r set told_to = now() from told t where r.id = t.id
      """
          .formatted(OVERLAP);

  private static final String BOUNCED =
      """
      insert into event (profile_id, name, occurred_at, id, properties)
      select p.id, case when b.kind = 'Complaint' then 'complained' else 'email_bounced' end,
        b.recorded_at, 'bounce/' || b.run_id || '/' || b.kind,
        jsonb_strip_nulls(jsonb_build_object('campaign', r.campaign, 'run', r.name,
          'kind', case when b.kind <> 'Complaint' then b.kind end))
      from mail_event_mark k join bounce b on b.recorded_at > k.told_to - %1$s
      join run r on r.id = b.run_id
      left join merged_profile m on m.loser = b.profile_id
      join profile p on p.id = coalesce(m.survivor, b.profile_id)
      on conflict do nothing
      """
          .formatted(OVERLAP);

  private static final String UNSUBSCRIBED =
      """
      insert into event (profile_id, name, occurred_at, id, properties)
      select c.profile_id, 'unsubscribed', c.occurred_at, 'consent/' || c.topic,
        jsonb_build_object('topic', c.topic)
      from mail_event_mark k join consent c on c.recorded_at > k.told_to - %1$s
      join profile p on p.id = c.profile_id
      where c.status = 'Withdrawn' and c.source <> 'complaint'
      on conflict do nothing
      """
          .formatted(OVERLAP);

  private final Database database;

  public MailEvents(Database database) {
    this.database = database;
  }

  /** Tells what has happened since it was told last. Others who do the same wait for it. */
  public void update() {
    YearMonth month =
        database.once(
            "ask the month",
            db ->
                YearMonth.from(
                    db.fetchSingle("select now() at time zone 'UTC'").get(0, LocalDateTime.class)));
    EventPartitions.cover(database, List.of(month.minusMonths(1), month));
    database.transact(
        "make events of mails",
        db -> {
          db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/mail-event', 0))");
          db.execute(SENT);
          db.execute(BOUNCED);
          db.execute(UNSUBSCRIBED);
          db.execute("update mail_event_mark set told_to = now()");
          return null;
        });
  }
}
