package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.pace.RateLimit;
import dev.lettershop.store.pace.Rates;
import dev.lettershop.store.pace.Slots;
import dev.lettershop.store.view.ProfileView;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * Decides whether a mail may go out, and remembers what became of it. Thread-safe; all time is the
 * database's.
 */
public final class Ledger {

  private static final String SENDING =
      """
      with live as (
        select from lease where id = ? and released_at is null and expires_at > now()
        for key share)
      update delivery d set state = 'sending', attempts = d.attempts + 1, updated_at = now()
      from unnest(?::bigint[]) k(id)
      where d.run_id = ? and d.profile_id = k.id and d.lease_id = ? and d.state = 'claimed'
        and exists (select from live)
      returning d.profile_id
      """;

  // Rows in doubt are settled too, when their lease's owner still knows how they ended; but not to
  // be tried again: the run may have ended meanwhile.
  private static final String RECORD =
      """
      with given as (
        select * from unnest(
          ?::bigint[], ?::text[], ?::text[], ?::double precision[], ?::text[])
          as g(id, state, code, wait, reason)),
      cleared as (
        select count(*) as rows from given g
        join delivery d on d.run_id = ? and d.profile_id = g.id and d.lease_id = ?
        where d.state = 'uncertain' and g.state <> 'deferred'
          and exists (select from lease where id = ? and released_at is not null)),
      settled as (
        update delivery d set
          state = case when g.state = 'deferred' and d.attempts >= ? then 'failed'
                       else g.state end::delivery_state,
          -- Whose message could not be made yet has not been marked, which counts the attempts.
          attempts = d.attempts
            + case when d.state = 'claimed' and g.state = 'deferred' then 1 else 0 end,
          code = g.code,
          reason = g.reason,
          next_attempt_at = case when g.state = 'deferred' and d.attempts < ?
                                 then now() + make_interval(secs => g.wait) end,
          updated_at = now()
        from given g
        where d.run_id = ? and d.profile_id = g.id and d.lease_id = ?
          and (d.state = 'sending'
               or d.state = 'uncertain' and g.state <> 'deferred'
               or d.state = 'claimed' and g.state <> 'sent')
        returning d.state)
      update lease l set
        sent = l.sent + s.sent, failed = l.failed + s.failed, skipped = l.skipped + s.skipped,
        uncertain = l.uncertain + s.uncertain - c.rows, deferrals = l.deferrals + s.deferrals
      from (select count(*) filter (where state = 'sent') as sent,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'skipped') as skipped,
                   count(*) filter (where state = 'uncertain') as uncertain,
                   count(*) filter (where state = 'deferred') as deferrals,
                   count(*) as rows
            from settled) s, cleared c
      where l.id = ?
      returning s.rows
      """;

  // What was in doubt and is known not to have been handed over is planned again, unless the run
  // has
  // ended meanwhile.
  private static final String BACK =
      """
      with frozen as (select from run where id = ? and state = 'Frozen' for share),
      back as materialized (
        select d.profile_id, d.state, k.wait
        from unnest(?::bigint[], ?::double precision[]) as k(id, wait)
        join delivery d on d.run_id = ? and d.profile_id = k.id and d.lease_id = ?
          and (d.state in ('claimed', 'sending')
               or d.state = 'uncertain' and exists (select from frozen))
        for update of d),
      given as (
        update delivery d set state = 'planned', lease_id = null, code = null,
               next_attempt_at = now() + make_interval(secs => b.wait),
               attempts = d.attempts - case when b.state = 'claimed' then 0 else 1 end,
               updated_at = now()
        from back b where d.run_id = ? and d.profile_id = b.profile_id
        returning b.state)
      update lease set uncertain = uncertain - g.rows
      from (select count(*) as rows from given where state = 'uncertain') g
      where id = ? and g.rows > 0
      """;

  private final Database database;
  private final Runs runs;
  private final Leases leases;
  private final Claims claims;
  private final RunFigures tallies;
  private final Rates rates;
  private final DomainPauses rests;
  private final Resumption resumption;

  public Ledger(Database database) {
    this.database = database;
    this.runs = new Runs(database);
    this.leases = new Leases(database);
    this.claims = new Claims(database, leases);
    this.tallies = new RunFigures(database);
    this.rates = new Rates(database);
    this.rests = new DomainPauses(database);
    this.resumption = new Resumption(database);
  }

  /**
   * Makes the run known, or finds it: what was recorded first stays once the audience is frozen.
   * The name of a run that was refused or dry is free again.
   *
   * @throws dev.lettershop.store.database.StoreException when a dry run is asked for under the name
   *     of an unfinished run that mails
   */
  public Run begin(RunRequest request) {
    return runs.begin(request);
  }

  /**
   * The run as it is now, held against changes by others until the transaction ends.
   *
   * @throws dev.lettershop.store.database.StoreException when it is no longer there
   */
  public static Run locked(DSLContext db, Run run) {
    return Runs.locked(db, run.id());
  }

  public Optional<Run> find(RunKey key) {
    return runs.find(key);
  }

  /** The latest runs of a campaign, newest first. */
  public List<Run> runs(String namespace, String campaign, int limit) {
    return runs.latest(namespace, campaign, limit);
  }

  /**
   * Takes the lease of a shard. What a dead predecessor had claimed is planned again; what it was
   * sending is uncertain (or planned again, if the run's policy says Resend).
   *
   * @param run frozen
   * @param shard 0-based
   * @param shards how many there are; tells where in the audience this one starts
   * @param owner name of the process, for messages
   * @param ttl the lease ends so long after its last renewal
   * @throws dev.lettershop.store.database.StoreException of kind Conflict when a live process holds
   *     it longer than {@code ttl}
   */
  public Lease lease(Run run, int shard, int shards, String owner, Duration ttl) {
    return leases.take(run, shard, shards, owner, ttl);
  }

  /**
   * Takes the lease of a shard that nobody has, as {@link #lease} does, without waiting.
   *
   * @param shards how many processes may send the run at a time
   * @return empty when all are taken
   */
  public Optional<Lease> leaseAny(Run run, int shards, String owner, Duration ttl) {
    return leases.takeAny(run, shards, owner, ttl);
  }

  /**
   * Claims recipients: those due again first. Who withdrew consent or was suppressed since the
   * freeze is skipped here.
   *
   * @return at most {@code limit}; empty when nothing can be claimed at the moment (see {@link
   *     #untilNextDue})
   * @throws dev.lettershop.store.database.StoreException of kind Conflict when the lease is lost
   */
  public List<Recipient> claim(Lease lease, int limit, ProfileView view) {
    return claims.claim(lease, limit, view, null);
  }

  /** The same, leaving domains alone that rest on this transport. */
  public List<Recipient> claim(Lease lease, int limit, ProfileView view, String transport) {
    return claims.claim(lease, limit, view, transport);
  }

  /**
   * To be called just before the messages are handed over; has been committed when it returns.
   *
   * @return those that are still this lease's; the others must not be sent
   */
  public Set<Long> markSending(Lease lease, Collection<Long> profileIds) {
    return database.once(
        "mark recipients of " + lease.run().key() + " as sending",
        db ->
            new HashSet<>(
                db.fetch(
                        SENDING,
                        lease.id(),
                        profileIds.toArray(Long[]::new),
                        lease.run().id(),
                        lease.id())
                    .map(r -> r.get(0, Long.class))));
  }

  /**
   * Gives recipients back of which nothing was handed over, whether they are marked as sending or
   * only claimed: they are planned again, and it counts as no attempt.
   */
  public void unclaim(Lease lease, Collection<Long> profileIds) {
    Map<Long, Duration> atOnce = new HashMap<>();
    profileIds.forEach(id -> atOnce.put(id, Duration.ZERO));
    postpone(lease, atOnce);
  }

  /** The same, for a while: they are not claimed again before. */
  public void postpone(Lease lease, Map<Long, Duration> waits) {
    List<Map.Entry<Long, Duration>> rows = List.copyOf(waits.entrySet());
    database.once(
        "give back recipients of " + lease.run().key(),
        db ->
            db.execute(
                BACK,
                lease.run().id(),
                rows.stream().map(Map.Entry::getKey).toArray(Long[]::new),
                rows.stream().map(r -> Leases.seconds(r.getValue())).toArray(Double[]::new),
                lease.run().id(),
                lease.id(),
                lease.run().id(),
                lease.id()));
  }

  /**
   * Takes slots of rate limits that hold over all processes.
   *
   * @param limits at least one; all of them hold
   * @param priority 1 to 100, of the run
   */
  public Slots slots(List<RateLimit> limits, int wanted, int priority) {
    return rates.take(limits, wanted, priority);
  }

  /** How far ahead of its use a slot may be taken by a run of that priority. */
  public static Duration slotsAhead(int priority) {
    return Rates.ahead(priority);
  }

  /**
   * Lets everybody who sends through a transport leave a domain alone.
   *
   * @param failures how often it has failed in a row
   */
  public void rest(String transport, String domain, int failures, Duration time) {
    rests.rest(transport, domain, failures, time);
  }

  /** The domain works again. */
  public void endRest(String transport, String domain) {
    rests.end(transport, domain);
  }

  /**
   * Takes a run up again for those whom it missed: who failed for another reason than the address
   * is planned again, and counts as never tried.
   *
   * @param name of this request: what was asked for under it before is not done again
   * @param uncertain whether those of whom it is not known whether they were reached count as
   *     missed; they may get the mail twice then
   * @return how many are planned again
   * @throws dev.lettershop.store.database.StoreException when the ledger has forgotten the run
   */
  public long resume(Run run, String name, boolean uncertain) {
    return resumption.resume(run, name, uncertain);
  }

  /**
   * Records what became of recipients, in one statement. Repeating it does no harm.
   *
   * @return how many rows it concerned; fewer than given when some are no longer this lease's
   */
  public int record(Lease lease, List<Outcome> outcomes) {
    Run run = lease.run();
    return database.once(
        "record outcomes of " + run.key(),
        db ->
            db.fetchSingle(
                    RECORD,
                    outcomes.stream().map(Outcome::profileId).toArray(Long[]::new),
                    outcomes.stream().map(o -> o.state().label()).toArray(String[]::new),
                    outcomes.stream().map(Outcome::code).toArray(String[]::new),
                    outcomes.stream()
                        .map(o -> o.retryAfter() == null ? null : Leases.seconds(o.retryAfter()))
                        .toArray(Double[]::new),
                    outcomes.stream().map(Outcome::reason).toArray(String[]::new),
                    run.id(),
                    lease.id(),
                    lease.id(),
                    run.maxAttempts(),
                    run.maxAttempts(),
                    run.id(),
                    lease.id(),
                    lease.id())
                .get(0, Integer.class));
  }

  /**
   * How long until a deferred recipient is due, zero when one is; empty when none is deferred. Who
   * waits for the decision of an experiment is due at no time that is known.
   */
  public Optional<Duration> untilNextDue(Run run) {
    return database.once(
        "look for the next due recipient of " + run.key(),
        db -> {
          Double seconds =
              db.fetchSingle(
                      """
                      select extract(epoch from min(next_attempt_at) - now())::double precision
                      from delivery where run_id = ? and next_attempt_at < 'infinity'
                        and state in ('planned', 'deferred')
                      """,
                      run.id())
                  .get(0, Double.class);
          return Optional.ofNullable(seconds)
              .map(s -> Duration.ofNanos((long) (Math.max(0, s) * 1e9)));
        });
  }

  /** Counts every row of the run: for summaries. */
  public RunCounts counts(Run run) {
    return tallies.counts(run);
  }

  /** The same for one shard; of all shards together it is what {@link #counts(Run)} says. */
  public RunCounts counts(Run run, Shard shard) {
    return tallies.counts(run, shard);
  }

  /** Reads a handful of rows: for progress bars. */
  public RunProgress progress(Run run) {
    return tallies.progress(run);
  }

  /** The same for one shard; {@code selected} is what the freeze planned for all of them. */
  public RunProgress progress(Run run, Shard shard) {
    return tallies.progress(run, shard);
  }

  /**
   * The right to prepare a run: to begin it, and to decide its audience. What is prepared without
   * it is right too, but may be done twice.
   */
  public RunLock lock(RunKey key) {
    return RunLock.open(database, key);
  }

  /**
   * Ends the run when nothing is open.
   *
   * @return whether it is completed now
   */
  public boolean complete(Run run) {
    return runs.complete(run);
  }
}
