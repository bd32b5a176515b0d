package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
        select * from unnest(?::bigint[], ?::text[], ?::text[], ?::double precision[])
          as g(id, state, code, wait)),
      settled as (
        update delivery d set
          state = case when g.state = 'deferred' and d.attempts >= ? then 'failed'
                       else g.state end::delivery_state,
          code = g.code,
          reason = case when g.state = 'skipped' then g.code else d.reason end,
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
        uncertain = l.uncertain + s.uncertain, deferrals = l.deferrals + s.deferrals
      from (select count(*) filter (where state = 'sent') as sent,
                   count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'skipped') as skipped,
                   count(*) filter (where state = 'uncertain') as uncertain,
                   count(*) filter (where state = 'deferred') as deferrals,
                   count(*) as rows
            from settled) s
      where l.id = ?
      returning s.rows
      """;

  private final Database database;
  private final Runs runs;
  private final Leases leases;
  private final Claims claims;
  private final Tallies tallies;

  public Ledger(Database database) {
    this.database = database;
    this.runs = new Runs(database);
    this.leases = new Leases(database);
    this.claims = new Claims(database, leases);
    this.tallies = new Tallies(database);
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
   * Claims recipients: those due again first. Who withdrew consent or was suppressed since the
   * freeze is skipped here.
   *
   * @return at most {@code limit}; empty when nothing can be claimed at the moment (see {@link
   *     #untilNextDue})
   * @throws dev.lettershop.store.database.StoreException of kind Conflict when the lease is lost
   */
  public List<Recipient> claim(Lease lease, int limit, ProfileView view) {
    return claims.claim(lease, limit, view);
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
    database.once(
        "give back recipients of " + lease.run().key(),
        db ->
            db.execute(
                """
                update delivery set state = 'planned', lease_id = null, next_attempt_at = now(),
                       attempts = attempts - case when state = 'sending' then 1 else 0 end,
                       updated_at = now()
                where run_id = ? and profile_id = any(?::bigint[]) and lease_id = ?
                  and state in ('claimed', 'sending')
                """,
                lease.run().id(),
                profileIds.toArray(Long[]::new),
                lease.id()));
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
                    run.maxAttempts(),
                    run.maxAttempts(),
                    run.id(),
                    lease.id(),
                    lease.id())
                .get(0, Integer.class));
  }

  /** How long until a deferred recipient is due, zero when one is; empty when none is deferred. */
  public Optional<Duration> untilNextDue(Run run) {
    return database.once(
        "look for the next due recipient of " + run.key(),
        db -> {
          Double seconds =
              db.fetchSingle(
                      """
                      select extract(epoch from min(next_attempt_at) - now())::double precision
                      from delivery where run_id = ? and next_attempt_at is not null
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
