package dev.lettershop.store.audience;

import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.ledger.Eligibility;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.pace.ContactPolicy;
import dev.lettershop.store.pace.MailInWindow;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The statement that decides an audience. Reasons are tried in a fixed order, the first one stands:
 * excluded, noAddress, noConsent, suppressed, paused, frequencyCap, duplicateAddress, controlGroup,
 * holdout. So of two profiles with one address the lowest id that may be mailed is mailed, and the
 * hold-out is drawn from those who would have been.
 */
final class AudienceSql {

  // The upper half of the draw decides about the hold-out, the lower about the variant: both are
  // uniform, and independent of each other. OFFSET 0 keeps what is dear from being worked out at
  // each use. Who has whose address is told by its hash, here as in the ledger. Sets are asked for
  // single profiles, and not joined with them, so that profiles stay in the order in which they
  // lie, which is nearly that of the ledger's key.
  // Who is due when depends on the time zone alone, so it is worked out once for each zone.
  private static final String STATEMENT =
      """
      insert into delivery
        (run_id, profile_id, address, state, reason, variant, next_attempt_at)
      with full_up as materialized ({9}),
      hours as materialized ({10}),
      judged as materialized (
        select p.id, hashtextextended(p.email_key, 0) as address, p.time_zone, {5} as draw,
               case when ({1}) is true then 'excluded'
                    else coalesce(%s,
                                  case when p.id in (select profile_id from full_up)
                                       then 'frequencyCap' end)
               end as reason
        from profile p
        left join consent_state c on c.profile_id = p.id and c.topic = {2}
        %s
        where ({0}) and {4}),
      shared as (
        select address, min(id) as first_id
        from judged where reason is null group by 1 having count(*) > 1),
      later as materialized (
        select j.id from judged j join shared s on s.address = j.address
        where j.reason is null and j.id > s.first_id),
      decided as (
        select id, draw, address, time_zone,
               case when reason is not null then reason
                    when id in (select l.id from later l) then 'duplicateAddress'
                    when {12} then 'controlGroup'
                    when {6} then 'holdout' end as reason,
               {13} as first
        from judged offset 0)
      select {8}, d.id, d.address,
             case when d.reason is null then 'planned' else 'skipped' end::delivery_state,
             d.reason, case when d.reason is null and d.first then {7} end,
             case when d.reason is null then case when d.first then {11} else 'infinity' end end
      from decided d left join hours h on h.name = d.time_zone and h.variant = {14}
      order by d.id
      """;

  // The oldest run that counts bounds the partitions that are read. Each mails a person once, so
  // fewer runs than the cap has mails need not be looked into.
  private static final String FULL_UP =
      """
      select d.profile_id from delivery d join run r on r.id = d.run_id
      where d.run_id >= (select min(r.id) from run r where %s)
        and %s and %s
        and (select count(*) from run r where %s) >= {3}
      group by 1 having count(*) >= {3}
      """;

  private final Run run;
  private final FreezeRequest request;
  private final Vault vault;
  private final Field<?> now;
  private final ExperimentDraw draw;
  private final DueTimes times;

  /**
   * @param now when the audience is decided
   */
  AudienceSql(Run run, FreezeRequest request, Vault vault, Field<?> now) {
    this.run = run;
    this.vault = vault;
    this.request = request;
    this.now = now;
    this.draw = new ExperimentDraw(request);
    this.times = new DueTimes(request, now);
  }

  /**
   * @param include conditions over {@code profile p}; any of them true makes a member
   * @param exclude conditions over {@code profile p}; any of them true takes it out again
   */
  Query insert(List<Condition> include, List<Condition> exclude) {
    if (include.isEmpty()) {
      throw new IllegalArgumentException("An audience includes at least one segment");
    }
    Field<String> optIn = DSL.inline(request.optIn().name());
    return DSL.using(SQLDialect.POSTGRES)
        .query(
            STATEMENT.formatted(Eligibility.ofMany(vault, "{3}"), Eligibility.joins(vault, "{2}")),
            DSL.or(include),
            exclude.isEmpty() ? DSL.falseCondition() : DSL.or(exclude),
            DSL.val(request.topic()),
            optIn,
            testRecipients(),
            draw.of("p.id"),
            draw.holdout(),
            draw.variant(),
            DSL.val(run.id()),
            fullUp(),
            times.hours(),
            times.due(draw.variant()),
            draw.controlGroup("id"),
            draw.firstWave(),
            times.key(draw.variant()));
  }

  /** Everybody who has had as much mail as the cap allows. */
  private Field<?> fullUp() {
    ContactPolicy.Cap cap = request.politeness().cap();
    if (cap == null) {
      return DSL.field("select null::bigint as profile_id where false");
    }
    String since = "{0} - make_interval(secs => {1})";
    String runs = MailInWindow.runs("{2}", since);
    return DSL.field(
        FULL_UP.formatted(runs, runs, MailInWindow.rows(since, "{4}"), runs),
        SQLDataType.OTHER,
        now,
        DSL.inline(cap.per().toSeconds()),
        DSL.inline(run.id()),
        DSL.inline(cap.messages()),
        DSL.inline(request.politeness().priority()));
  }

  private Condition testRecipients() {
    if (request.testRecipients().isEmpty()) {
      return DSL.trueCondition();
    }
    String[] keys =
        request.testRecipients().stream()
            .map(EmailKey::of)
            .flatMap(Optional::stream)
            .map(vault::address)
            .toArray(String[]::new);
    return DSL.condition("p.email_key = any({0}::text[])", DSL.val(keys));
  }
}
