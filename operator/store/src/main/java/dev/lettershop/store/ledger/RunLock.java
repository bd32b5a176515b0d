package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The right to prepare a run, which one process has at a time. It lives in a database session of
 * its own: when the process dies, the next one has it at once. Not thread-safe.
 */
public final class RunLock implements AutoCloseable {
  private static final String NOT_HAD = "55P03";

  private final Database database;
  private final Connection session;
  private final RunKey key;
  private final String doing;

  private RunLock(Database database, Connection session, RunKey key, String doing) {
    this.database = database;
    this.session = session;
    this.key = key;
    this.doing = doing;
  }

  static RunLock open(Database database, RunKey key) {
    String doing = "wait for the run " + key;
    Connection session = database.session(doing);
    RunLock lock = new RunLock(database, session, key, doing);
    try {
      Database.dieSoonWithoutHost(session);
      return lock;
    } catch (DataAccessException e) {
      lock.close();
      throw database.failure(doing, e);
    }
  }

  /**
   * Waits for the lock.
   *
   * @param most at least a millisecond
   * @return false when somebody else has it still
   */
  public boolean tryLock(Duration most) {
    try {
      DSLContext db = Database.using(session);
      db.execute("set lock_timeout = " + most.toMillis());
      db.execute(
          "select pg_advisory_lock(hashtextextended(?, 0))",
          "lettershop/run/" + key.namespace() + "/" + key.campaign() + "/" + key.name());
      return true;
    } catch (DataAccessException e) {
      if (NOT_HAD.equals(e.sqlState())) {
        return false;
      }
      throw database.failure(doing, e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw database.failure(doing, e);
    }
  }
}
