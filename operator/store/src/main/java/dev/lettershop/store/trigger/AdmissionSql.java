package dev.lettershop.store.trigger;

import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.store.audience.ExperimentDraw;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.ledger.Eligibility;
import dev.lettershop.store.pace.ContactPolicy;
import dev.lettershop.store.pace.MailInWindow;
import dev.lettershop.store.pace.SendingHours;
import dev.lettershop.store.rule.RuleSql;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The statement that decides about those who are due. Reasons are tried in a fixed order, the first
 * one stands: stale or late, restarted, reentry, profileGone, notMatching, cancelled,
 * notInAudience, excluded, and then those of every audience.
 *
 * <p>Of one person's entries one is decided at a time, the earliest, so that each sees what became
 * of those before; what needs no such look is decided at once.
 *
 * <p>No two of its CTEs are joined: the planner takes them for small when many have become due
 * since the statistics were gathered, and compares each row with each.
 */
final class AdmissionSql {
  private static final String STATEMENT =
      """
      with hours as materialized ({hours}),
      due as materialized (
        select e.profile_id, e.event_id, e.triggered_at, e.properties, e.properties ->> {by} as key
        from trigger_entry e
        where e.trigger_id = {trigger} and e.decided_at is null and e.triggered_at <= {upTo}
        order by e.triggered_at limit {limit}),
      sorted as materialized (
        select d.*, case
            when d.triggered_at < {tooOld}
              then case when d.triggered_at > {known} then 'stale' else 'late' end
            when {restart} and exists (
              select from trigger_entry x
              where x.profile_id = d.profile_id and x.trigger_id = {trigger}
                and x.properties ->> {by} is not distinct from d.key
                and (x.triggered_at, x.event_id) > (d.triggered_at, d.event_id)
                and x.triggered_at <= d.triggered_at + {delay})
              then 'restarted' end as early
        from due d),
      one as materialized (
        select distinct on (profile_id)
          profile_id, event_id, triggered_at as occurred_at, properties, key,
          case when {once} then array_agg(event_id) over (
            partition by profile_id, key order by triggered_at
            range between current row and {tooSoon} following exclude current row) end as others
        from sorted where early is null order by profile_id, triggered_at, event_id),
      judged as materialized (
        select {alias}.profile_id, {alias}.event_id, {alias}.occurred_at as triggered_at, {alias}.key, {alias}.others, p.time_zone,
          hashtextextended(p.email_key, 0) as address, {draw} as draw,
          case
            when (select count(*) from trigger_entry x
                  where x.profile_id = {alias}.profile_id and x.trigger_id = {trigger}
                    and x.outcome = 'planned' and not exists (
                      select from delivery d
                      where d.run_id = x.run_id and d.profile_id = x.profile_id
                        and d.state = 'skipped')
                    and x.properties ->> {by} is not distinct from {alias}.key
                    and x.triggered_at > {alias}.occurred_at - {per}
                    and x.triggered_at < {alias}.occurred_at + {per}) >= {atMost} then 'reentry'
            when p.id is null then 'profileGone'
            when ({when}) is not true then 'notMatching'
            when {unless} then 'cancelled'
            when ({include}) is not true then 'notInAudience'
            when ({exclude}) is true then 'excluded'
            else coalesce({eligible}, case when {fullUp} then 'frequencyCap' end)
          end as reason
        from one {alias} left join profile p on p.id = {alias}.profile_id
        left join consent_state c on c.profile_id = p.id and c.topic = {topic}),
      decided as materialized (
        select j.profile_id, j.event_id, j.triggered_at, j.others, j.time_zone, j.address, j.draw,
          coalesce(j.reason, case when {controlGroup} then 'controlGroup'
                                  when {holdout} then 'holdout' end) as reason
        from judged j offset 0),
      placed as materialized (
        select d.*, {freeRun} as run_id from decided d),
      again as (
        select d.profile_id, unnest(d.others) as event_id from placed d
        where d.reason is null and d.run_id is not null),
      settled as (
        select profile_id, event_id, coalesce(reason, 'planned') as outcome, run_id from placed
        where reason is not null or run_id is not null
        union all
        select profile_id, event_id, early, null from sorted where early is not null
        union all
        select profile_id, event_id, 'reentry', null from again),
      marked as (
        update trigger_entry e set decided_at = {now}, outcome = s.outcome, run_id = s.run_id
        from settled s
        where e.profile_id = s.profile_id and e.trigger_id = {trigger} and e.event_id = s.event_id
        returning e.outcome, e.triggered_at),
      ledger as (
        insert into delivery (run_id, profile_id, address, state, reason, variant, next_attempt_at)
        select d.run_id, d.profile_id, d.address,
          case when d.reason is null then 'planned' else 'skipped' end::delivery_state, d.reason,
          case when d.reason is null then {variant} end, case when d.reason is null then {dueAt} end
        from placed d left join hours h on h.name = d.time_zone where d.run_id is not null
        union all
        select b.run_id, b.profile_id, null, 'skipped'::delivery_state, b.early, null, null
        from (
          select d.profile_id, d.early, {freeRun} as run_id
          from (select distinct on (s.profile_id) s.profile_id, s.early
                from (select x.*, bool_or(x.early is null) over (partition by x.profile_id) as judged
                      from sorted x) s
                where not s.judged order by s.profile_id, s.triggered_at) d) b
        where b.run_id is not null
        on conflict do nothing),
      tallied as (
        insert into trigger_tally (trigger_id, hour, outcome, people)
        select {trigger}, date_trunc('hour', {now}), outcome, count(*) from marked group by outcome
        on conflict (trigger_id, hour, outcome)
          do update set people = trigger_tally.people + excluded.people)
      select outcome, count(*),
        max(extract(epoch from {now} - {delay} - triggered_at))::double precision,
        (select count(*) from due),
        (select count(*) from placed where reason is null and run_id is null)
      from marked group by outcome
      union all
      select null, 0, 0, (select count(*) from due),
        (select count(*) from placed where reason is null and run_id is null)
      """;

  private static final String FREE_RUN =
      """
      (select r.id from unnest({runs}) with ordinality r(id, nth)
       where not exists (select from delivery x
                         where x.run_id = r.id and x.profile_id = d.profile_id)
       order by r.nth limit 1)
      """;

  private static final String FULL_UP =
      """
      (select count(*) from run r join delivery d on d.run_id = r.id and d.profile_id = p.id
       where %s and %s) >= {capMessages}
      """;

  private static final String DUE_AT =
      """
      coalesce(nullif(coalesce(h.due, (select due from hours where name = {zone}),
                               (select due from hours where name = 'UTC')), '-infinity'), {now})
      """;

  private static final String NO_HOURS =
      "select null::text as name, null::timestamptz as due where false";

  private static final String UNLESS =
      """
      exists (select from event u where u.profile_id = {alias}.profile_id and u.name = {cancelling}
        and u.occurred_at >= {alias}.occurred_at - {since} and u.occurred_at <= {until}
        and {matching})
      """;

  private static final String NO_EVENT = "e0";
  private static final Duration EVER = Duration.ofDays(36_500);

  private final Trigger trigger;
  private final FreezeRequest audience;
  private final TriggerTerms terms;
  private final Vault vault;
  private final OffsetDateTime at;
  private final boolean simulated;
  private final Field<OffsetDateTime> now;
  private final Map<String, QueryPart> parts = new LinkedHashMap<>();

  /**
   * @param at when it is decided
   * @param simulated whether it is as if everybody had been decided about when they were due
   */
  AdmissionSql(
      Trigger trigger,
      AdmissionRequest request,
      Vault vault,
      OffsetDateTime at,
      boolean simulated) {
    this.simulated = simulated;
    this.trigger = trigger;
    this.audience = request.audience();
    this.terms = request.terms();
    this.vault = vault;
    this.at = at;
    this.now = time(at);
  }

  /**
   * @param runs of today and this plan, the one for everybody's first mail first
   * @param known up to when it is known who did what cancels
   * @param limit the most to look at
   */
  ResultQuery<Record> decide(Long[] runs, OffsetDateTime known, int limit) {
    OffsetDateTime tooOld =
        at.minus(terms.delay()).minus(simulated ? EVER : terms.startingDeadline());
    OffsetDateTime seen = (known.isBefore(at) ? known : at).minus(terms.delay());
    ExperimentDraw draw = new ExperimentDraw(audience);
    parts.put("now", now);
    parts.put("trigger", DSL.inline(trigger.id()));
    parts.put("by", DSL.val(terms.reentry().by(), SQLDataType.CLOB));
    parts.put("upTo", time(seen.isBefore(tooOld) ? tooOld : seen));
    parts.put("limit", DSL.inline(limit));
    parts.put("tooOld", time(tooOld));
    parts.put("known", time(known.minus(terms.delay())));
    parts.put("restart", DSL.inline(terms.restart()));
    parts.put("delay", interval(terms.delay()));
    parts.put("per", interval(terms.reentry().per()));
    boolean ever = terms.reentry().per().isZero();
    parts.put("once", DSL.inline(terms.reentry().atMost() == 1 && !ever));
    parts.put("tooSoon", interval(ever ? Duration.ZERO : terms.reentry().per().minusNanos(1000)));
    parts.put("atMost", DSL.inline(terms.reentry().atMost()));
    parts.put("topic", DSL.val(audience.topic(), SQLDataType.CLOB));
    parts.put("when", when());
    parts.put(
        "include", audience.include().isEmpty() ? DSL.trueCondition() : any(audience.include()));
    parts.put(
        "exclude", audience.exclude().isEmpty() ? DSL.falseCondition() : any(audience.exclude()));
    parts.put("draw", draw.of("p.id"));
    parts.put("controlGroup", draw.controlGroup("j.profile_id"));
    parts.put("holdout", draw.holdout());
    parts.put("variant", draw.variant());
    parts.put("runs", DSL.field("{0}::bigint[]", DSL.val(runs)));
    String sql =
        STATEMENT
            .replace("{hours}", hours())
            .replace("{dueAt}", audience.politeness().hasHours() ? DUE_AT : "{now}")
            .replace("{fullUp}", fullUp())
            .replace("{unless}", unless())
            .replace("{freeRun}", FREE_RUN)
            .replace(
                "{eligible}",
                Eligibility.ofFew(vault, "{topic}", "'" + audience.optIn().name() + "'"))
            .replace("{alias}", alias());
    int index = 0;
    for (String name : parts.keySet()) {
      sql = sql.replace("{" + name + "}", "{" + index++ + "}");
    }
    return DSL.using(SQLDialect.POSTGRES)
        .resultQuery(sql, parts.values().toArray(QueryPart[]::new));
  }

  private Condition any(List<Rule> rules) {
    RuleSql sql = new RuleSql(audience.schema(), vault);
    return DSL.or(rules.stream().map(rule -> sql.conditionOfFew(rule, now)).toList());
  }

  private Condition when() {
    if (terms.when() == null) {
      return DSL.trueCondition();
    }
    return terms.when().expr() instanceof Expr.AnyEvent any && trigger.kind() == Trigger.Kind.Event
        ? new RuleSql(audience.schema(), vault).conditionAbout(any, now)
        : any(List.of(terms.when()));
  }

  private String alias() {
    return terms.when() != null && terms.when().expr() instanceof Expr.AnyEvent any
        ? RuleSql.aliasOf(any)
        : NO_EVENT;
  }

  private String unless() {
    TriggerTerms.Unless unless = terms.unless();
    if (unless == null) {
      return "false";
    }
    parts.put("cancelling", DSL.val(unless.event(), SQLDataType.CLOB));
    parts.put("since", interval(unless.since()));
    parts.put(
        "until",
        simulated
            ? DSL.field("{0}.occurred_at + {1}", DSL.name(alias()), interval(terms.delay()))
            : DSL.inline("infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE));
    List<Condition> same =
        unless.matching().stream()
            .map(
                property ->
                    DSL.condition(
                        "coalesce(u.properties ->> {0} = " + alias() + ".properties ->> {0}, true)",
                        DSL.val(property)))
            .toList();
    parts.put("matching", DSL.and(same));
    return UNLESS;
  }

  private String fullUp() {
    ContactPolicy.Cap cap = audience.politeness().cap();
    if (cap == null) {
      return "false";
    }
    String since = "{now} - {capTime}";
    parts.put("capTime", interval(cap.per()));
    parts.put("capMessages", DSL.inline(cap.messages()));
    parts.put("priority", DSL.inline(audience.politeness().priority()));
    return FULL_UP.formatted(MailInWindow.runs("0", since), MailInWindow.rows(since, "{priority}"));
  }

  private String hours() {
    if (!audience.politeness().hasHours()) {
      return NO_HOURS;
    }
    parts.put("byZone", SendingHours.dueByZone(audience.politeness(), now));
    parts.put("zone", DSL.val(audience.politeness().defaultZone(), SQLDataType.CLOB));
    return "{byZone}";
  }

  private static Field<OffsetDateTime> time(OffsetDateTime time) {
    return DSL.inline(time, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
  }

  private static Field<?> interval(Duration duration) {
    return DSL.field("interval '" + duration.toNanos() / 1000 + " us'");
  }
}
