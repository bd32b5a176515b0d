package dev.lettershop.store.ledger;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The right of one process to claim recipients of one run, for a while. Thread-safe. Closing gives
 * back what is claimed and not yet sending; what is still sending then is uncertain.
 *
 * <p>It lives in a database session of its own, which also holds the shard's advisory lock: when
 * the process dies, PostgreSQL drops the lock, and a successor can take over at once.
 */
public final class Lease implements AutoCloseable {

  private final Leases leases;
  private final Connection session;
  private final long id;
  private final Run run;
  private final int shard;
  private final Duration ttl;
  private final LeaseCursor walk;
  private boolean locked;
  private ScheduledExecutorService heartbeat;
  private boolean closed;
  private volatile boolean lost;
  private volatile Moment renewed = Moment.now();

  /** One moment by two clocks: either may stand still, of a process or of a whole machine. */
  private record Moment(long nanos, long millis) {
    static Moment now() {
      return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    boolean isWithin(Duration time) {
      return System.nanoTime() - nanos < time.toNanos()
          && System.currentTimeMillis() - millis < time.toMillis();
    }
  }

  Lease(
      Leases leases,
      Connection session,
      long id,
      Run run,
      int shard,
      Duration ttl,
      boolean locked,
      LeaseCursor walk) {
    this.leases = leases;
    this.session = session;
    this.id = id;
    this.run = run;
    this.shard = shard;
    this.ttl = ttl;
    this.locked = locked;
    this.walk = walk;
  }

  public long id() {
    return id;
  }

  public Run run() {
    return run;
  }

  /** 0-based. */
  public int shard() {
    return shard;
  }

  /** The way through the rows; whoever uses it holds its monitor. */
  LeaseCursor walk() {
    return walk;
  }

  /**
   * Renews it for its time to live.
   *
   * @return false when it is lost: nothing may be claimed or sent under it any more
   */
  public synchronized boolean renew() {
    if (lost || closed) {
      return false;
    }
    Moment asked = Moment.now();
    try {
      DSLContext db = Database.using(session);
      if (!locked) {
        locked = Leases.tryLock(db, run, shard);
      }
      int rows =
          db.execute(
              """
              update lease set expires_at = now() + make_interval(secs => ?), locked = ?
              where id = ? and released_at is null and expires_at > now()
              """,
              Leases.seconds(ttl),
              locked,
              id);
      lost = rows == 0;
      renewed = asked;
    } catch (DataAccessException e) {
      // Not to be told from a lost lease by whoever asks, and as good as one: the session, and with
      // it the lock, is gone or no longer to be trusted.
      lost = true;
    }
    return !lost;
  }

  /** Whether it is known to be lost; asks no database. */
  public boolean lost() {
    return lost;
  }

  /**
   * Whether what is marked under it may still be handed over; asks no database. When the run sends
   * doubtful mails again, another process may do so once the lease has run out, be it because this
   * process or its machine stood still: then this one must not.
   */
  public boolean mayHandOver() {
    return run.onUncertain() != UncertainPolicy.Resend || (!lost && renewed.isWithin(ttl));
  }

  /** Renews it every third of its time to live, in a thread of its own, until closed or lost. */
  public synchronized Lease keepAlive() {
    if (heartbeat == null && !closed) {
      ScheduledThreadPoolExecutor executor =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, "lease-" + id);
                thread.setDaemon(true);
                return thread;
              });
      long period = Math.max(1, ttl.toMillis() / 3);
      executor.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
      heartbeat = executor;
    }
    return this;
  }

  private void beat() {
    if (!renew()) {
      stopHeartbeat();
    }
  }

  private synchronized void stopHeartbeat() {
    if (heartbeat != null) {
      heartbeat.shutdown();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stopHeartbeat();
    }
    try (session) {
      leases.release(this);
    } catch (SQLException e) {
      throw leases.database().failure("close the session of a lease", e);
    } finally {
      lost = true;
    }
  }

  /** For messages of those who use it after its end. */
  StoreException gone() {
    return new StoreException(
        StoreException.Kind.Conflict,
        "The lease of shard "
            + shard
            + " of "
            + run.key()
            + " is lost: another process took over, or it was not renewed in time");
  }

  @Override
  public String toString() {
    return "Lease[" + id + ", " + run.key() + ", shard " + shard + "]";
  }
}
