package dev.lettershop.store.report;

/** The statements that count what runs came to; {@code {0}} is the number of the run. */
final class ReportSql {

  /**
   * A row for each person of the audience. What shows that a mail arrived outweighs a bounce, so
   * that nobody who did something is counted as one whom it did not reach.
   */
  private static final String PERSON =
      """
      with engaged as (
        select profile_id,
          bool_or(kind = 'Open' and verdict in ('Human', 'Proxy')) as opened,
          bool_or(kind = 'Open') as open_asked,
          bool_or(kind = 'Click' and verdict in ('Human', 'Proxy')) as clicked,
          bool_or(kind = 'Click') as click_asked
        from engagement where run_id = {0} and profile_id > 0 group by 1),
      back as (
        select profile_id, bool_or(kind <> 'Complaint') as bounced,
          bool_or(kind = 'Complaint') as complained
        from bounce where run_id = {0} and profile_id > 0 group by 1),
      quit as (
        select distinct c.profile_id from consent c join run r on r.id = {0}
        where c.status in ('Withdrawn', 'Denied') and c.occurred_at >= r.frozen_at
          and c.source in ('one-click', 'unsubscribe-page', 'preferences')
          and (c.evidence ->> 'mail_run' = r.id::text
            or jsonb_exists(c.evidence, 'sealed') and c.topic = r.topic
              and c.occurred_at < r.frozen_at + interval '7 days')),
      reacted as (
        select d.profile_id, d.state::text as state, d.variant,
          case when d.state = 'skipped' then d.reason end as reason,
          d.state <> 'skipped' as planned, d.state = 'sent' as sent,
          coalesce(b.bounced, false) as bounced, coalesce(b.complained, false) as complained,
          q.profile_id is not null as unsubscribed,
          coalesce(e.opened, false) as opened, coalesce(e.open_asked, false) as open_asked,
          coalesce(e.clicked, false) as clicked, coalesce(e.click_asked, false) as click_asked
        from delivery d
        left join engaged e on e.profile_id = d.profile_id
        left join back b on b.profile_id = d.profile_id
        left join quit q on q.profile_id = d.profile_id
        where d.run_id = {0}),
      person as (
        select *, sent and not (bounced and not (opened or clicked or unsubscribed or complained))
          as delivered
        from reacted)
      """;

  private static final String COUNTS =
      """
      count(*) as people,
      count(*) filter (where planned) as planned,
      count(*) filter (where sent) as sent,
      count(*) filter (where sent and not delivered) as returned,
      count(*) filter (where delivered) as delivered,
      count(*) filter (where delivered and opened) as opened,
      count(*) filter (where delivered and open_asked and not opened) as machine_opened,
      count(*) filter (where delivered and clicked) as clicked,
      count(*) filter (where delivered and click_asked and not clicked) as machine_clicked,
      count(*) filter (where delivered and unsubscribed) as unsubscribed,
      count(*) filter (where delivered and complained) as complained
      """;

  /** All people of a run together. */
  static final String TOTAL = PERSON + "select " + COUNTS + "from person";

  /** Members of recorded segments ({@code {1}}) when the audience was frozen. */
  static final String MEMBERS =
      PERSON
          + """
          , member as (
            select m.segment_id, m.profile_id from membership m join run r on r.id = {0}
            where m.segment_id = any({1}::int[]) and m.entered_at <= r.frozen_at
            union
            select m.segment_id, m.profile_id from membership_history m join run r on r.id = {0}
            where m.segment_id = any({1}::int[]) and m.entered_at <= r.frozen_at
              and m.left_at > r.frozen_at)
          select s.name,
          """
          + COUNTS
          + """
          from segment s join member m on m.segment_id = s.id
            join person using (profile_id)
          where s.id = any({1}::int[]) group by 1 order by 1
          """;

  /** How many mails came back, by kind. */
  static final String BOUNCED =
      """
      select b.kind, count(*) from bounce b
        join delivery d on d.run_id = b.run_id and d.profile_id = b.profile_id and d.state = 'sent'
      where b.run_id = {0} group by 1
      """;

  /** The hour of each person's first click and first open. */
  static final String HOURS =
      """
      select greatest(0, floor(extract(epoch from f.at - r.frozen_at) / 3600))::int as hour,
        count(*) filter (where f.kind = 'Click'), count(*) filter (where f.kind = 'Open')
      from (
        select e.profile_id, e.kind, min(e.first_at) as at from engagement e
          join delivery d on d.run_id = e.run_id and d.profile_id = e.profile_id and d.state = 'sent'
        where e.run_id = {0} and e.profile_id > 0 and e.verdict in ('Human', 'Proxy')
        group by 1, 2) f
      join run r on r.id = {0} group by 1 order by 1
      """;

  /** What became of each link. */
  static final String LINKS =
      """
      with followed as (
        select e.number, e.profile_id, bool_or(e.verdict in ('Human', 'Proxy')) as person
        from engagement e
          join delivery d on d.run_id = e.run_id and d.profile_id = e.profile_id and d.state = 'sent'
        where e.run_id = {0} and e.kind = 'Click' and e.profile_id > 0 group by 1, 2),
      people as (
        select number, count(*) filter (where person) as people,
          count(*) filter (where not person) as machines
        from followed group by 1),
      asked as (
        select number, sum(hits)::bigint as hits from engagement
        where run_id = {0} and kind = 'Click' group by 1)
      select l.number, l.template, l.address, coalesce(p.people, 0), coalesce(p.machines, 0),
        coalesce(a.hits, 0)
      from link l left join people p on p.number = l.number left join asked a on a.number = l.number
      where l.run_id = {0} order by 1
      """;

  /** Requests by what they are held to be, and why. */
  static final String TRAFFIC =
      """
      select kind, verdict, reason, min(rules), max(rules), sum(hits)::bigint,
        count(distinct profile_id) filter (where profile_id > 0)
      from engagement where run_id = {0} group by 1, 2, 3 order by 1, 2, 3
      """;

  /** The runs before it. */
  static final String EARLIER =
      """
      select r.id, r.name, r.frozen_at from run r join run this on this.id = {0}
      where r.namespace = this.namespace and r.campaign = this.campaign and r.id <> this.id
        and r.frozen_at < this.frozen_at and r.purged_at is null
        and not r.dry_run and not r.test
      order by r.frozen_at desc limit 5
      """;

  private ReportSql() {}

  /**
   * The people of a run by state, variant, domain and language, each a division of all of them.
   *
   * @param domains whether addresses can be read
   */
  static String people(boolean domains) {
    String domain = domains ? "coalesce(split_part(p.email_key, '@', 2), '')" : "null::text";
    return PERSON
        + ", known as (select person.*, "
        + domain
        + " as domain, coalesce(lower(split_part(replace(p.locale, '_', '-'), '-', 1)), '') as language"
        + " from person left join profile p on p.id = person.profile_id)\n"
        + """
        select case grouping(state, variant, domain, language)
            when 7 then 'state' when 11 then 'variant' when 13 then 'domain' else 'language' end as by,
          coalesce(state, variant, domain, language) as name, reason,
        """
        + COUNTS
        + """
        from known
        group by grouping sets ((state, reason), (variant), (domain), (language))
        order by 1, 2, 3
        """;
  }
}
