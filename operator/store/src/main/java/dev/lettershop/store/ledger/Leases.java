package dev.lettershop.store.ledger;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Gives leases out, and takes back what dead ones held. */
final class Leases {

  private static final Duration LOCK_WAIT = Duration.ofMillis(250);
  private static final String LOCK_NOT_HAD = "55P03";

  private final Database database;

  Leases(Database database) {
    this.database = database;
  }

  Lease take(Run run, int shard, int shards, String owner, Duration ttl) {
    String doing = "take the lease of shard " + shard + " of " + run.key();
    Connection session = database.session(doing);
    try {
      DSLContext db = Database.using(session);
      Database.dieSoonWithoutHost(session);
      long tries = ttl.dividedBy(LOCK_WAIT) + 8;
      for (long i = 0; i < tries; i++) {
        boolean locked = lock(db, run, shard);
        Optional<Long> id = takeOver(doing, run, shard, owner, ttl, locked);
        if (id.isPresent()) {
          db.execute("set lock_timeout = 0");
          LeaseCursor walk = new LeaseCursor(start(run, shard, shards));
          return new Lease(this, session, id.get(), run, shard, ttl, locked, walk);
        }
      }
      throw new StoreException(
          StoreException.Kind.Conflict,
          "Could not "
              + doing
              + ": a live process holds it; wait for that process to end, or end it");
    } catch (DataAccessException | SQLException e) {
      throw closing(session, database.failure(doing, e));
    } catch (StoreException e) {
      throw closing(session, e);
    }
  }

  /** Takes the first shard that nobody has, without waiting; empty when all are taken. */
  Optional<Lease> takeAny(Run run, int shards, String owner, Duration ttl) {
    String doing = "take a lease of " + run.key();
    Connection session = database.session(doing);
    try {
      DSLContext db = Database.using(session);
      Database.dieSoonWithoutHost(session);
      for (int shard = 0; shard < shards; shard++) {
        if (tryLock(db, run, shard)) {
          Optional<Long> id = takeOver(doing, run, shard, owner, ttl, true);
          if (id.isPresent()) {
            LeaseCursor walk = new LeaseCursor(start(run, shard, shards));
            return Optional.of(new Lease(this, session, id.get(), run, shard, ttl, true, walk));
          }
          db.execute("select pg_advisory_unlock(hashtextextended(?, 0))", lockName(run, shard));
        }
      }
      session.close();
      return Optional.empty();
    } catch (DataAccessException | SQLException e) {
      throw closing(session, database.failure(doing, e));
    } catch (StoreException e) {
      throw closing(session, e);
    }
  }

  private static StoreException closing(Connection session, StoreException failure) {
    try {
      session.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** Waits a little for the lock of the shard; the server does the waiting. */
  private static boolean lock(DSLContext db, Run run, int shard) throws SQLException {
    try {
      db.execute("set lock_timeout = " + LOCK_WAIT.toMillis());
      db.execute("select pg_advisory_lock(hashtextextended(?, 0))", lockName(run, shard));
      return true;
    } catch (DataAccessException e) {
      if (LOCK_NOT_HAD.equals(e.sqlState())) {
        return false;
      }
      throw e;
    }
  }

  /** Takes the lock if nobody has it any more. */
  static boolean tryLock(DSLContext db, Run run, int shard) {
    return db.fetchSingle(
            "select pg_try_advisory_lock(hashtextextended(?, 0))", lockName(run, shard))
        .get(0, Boolean.class);
  }

  private static String lockName(Run run, int shard) {
    return "lettershop/lease/" + run.id() + "/" + shard;
  }

  /**
   * Makes a lease unless a live one is there. Whoever has the lock knows that those who had it
   * before are gone; without the lock only the end of a lease tells.
   */
  private Optional<Long> takeOver(
      String doing, Run run, int shard, String owner, Duration ttl, boolean locked) {
    return database.transact(
        doing,
        db -> {
          List<Long> dead =
              db.fetch(
                      """
                      select id from lease
                      where run_id = ? and shard = ? and released_at is null
                        and (expires_at <= now() or (locked and ?))
                      for update
                      """,
                      run.id(),
                      shard,
                      locked)
                  .map(r -> r.get(0, Long.class));
          long alive =
              db.fetchSingle(
                      """
                      select count(*) from lease
                      where run_id = ? and shard = ? and released_at is null
                        and not (expires_at <= now() or (locked and ?))
                      """,
                      run.id(),
                      shard,
                      locked)
                  .get(0, Long.class);
          if (alive > 0 || (!locked && dead.isEmpty())) {
            return Optional.empty();
          }
          release(db, run, dead);
          return Optional.of(
              db.fetchSingle(
                      """
                      insert into lease (run_id, shard, owner, locked, expires_at)
                      values (?, ?, ?, ?, now() + make_interval(secs => ?)) returning id
                      """,
                      run.id(),
                      shard,
                      owner,
                      locked,
                      seconds(ttl))
                  .get(0, Long.class));
        });
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Where in the audience a shard starts, so that shards do not walk over each other's rows. */
  private long start(Run run, int shard, int shards) {
    return database.transact(
        "look for the start of shard " + shard + " of " + run.key(),
        db -> {
          // Two lookups in the primary key.
          var ends =
              db.fetchSingle(
                  """
                  select coalesce((select min(profile_id) from delivery where run_id = ?), 0),
                         coalesce((select max(profile_id) from delivery where run_id = ?), 0)
                  """,
                  run.id(),
                  run.id());
          long first = ends.get(0, Long.class);
          long last = ends.get(1, Long.class);
          return first + (last - first) / shards * shard;
        });
  }

  /** Ends every lease of the run that has run out, whoever's it was. */
  void releaseExpired(Run run) {
    database.transact(
        "end expired leases of " + run.key(),
        db -> {
          List<Long> expired =
              db.fetch(
                      """
                      select id from lease
                      where run_id = ? and released_at is null and expires_at <= now()
                      for update skip locked
                      """,
                      run.id())
                  .map(r -> r.get(0, Long.class));
          release(db, run, expired);
          return null;
        });
  }

  void release(Lease lease) {
    database.transact(
        "give back the lease of shard " + lease.shard() + " of " + lease.run().key(),
        db -> {
          release(db, lease.run(), List.of(lease.id()));
          return null;
        });
  }

  /**
   * Ends leases. Claimed rows are planned again, and due at once, so that they are found wherever
   * they lie. Rows in sending are in doubt; they keep their lease's id, so that its owner, should
   * it live after all, can still say how it ended.
   */
  private static void release(DSLContext db, Run run, List<Long> leases) {
    if (leases.isEmpty()) {
      return;
    }
    Long[] ids = leases.toArray(Long[]::new);
    // Waits for claims under way: they hold the row with KEY SHARE, which lets heartbeats pass.
    db.execute(
        "select from lease where id = any(?::bigint[]) order by id for update", (Object) ids);
    int ended =
        db.execute(
            """
            update lease set released_at = now() where id = any(?::bigint[]) and released_at is null
            """,
            (Object) ids);
    if (ended == 0) {
      return;
    }
    String again = run.onUncertain() == UncertainPolicy.Resend ? ", 'sending'" : "";
    db.execute(
        """
        update delivery set state = 'planned', lease_id = null, next_attempt_at = now(),
               updated_at = now()
        where run_id = ? and lease_id = any(?::bigint[]) and state in ('claimed'%s)
        """
            .formatted(again),
        run.id(),
        ids);
    db.execute(
        """
        with doubtful as (
          update delivery set state = 'uncertain', updated_at = now()
          where run_id = ? and lease_id = any(?::bigint[]) and state = 'sending'
          returning lease_id)
        update lease l set uncertain = l.uncertain + d.rows
        from (select lease_id, count(*) as rows from doubtful group by 1) d where l.id = d.lease_id
        """,
        run.id(),
        ids);
  }

  Database database() {
    return database;
  }
}
