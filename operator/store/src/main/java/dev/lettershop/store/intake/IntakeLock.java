package dev.lettershop.store.intake;

import dev.lettershop.store.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;

/**
 * The right to work through intake: one process at a time has it. It ends with its connection, so
 * that a killed process leaves it to another. Not thread-safe.
 */
public final class IntakeLock implements AutoCloseable {
  private final Connection session;

  IntakeLock(Connection session) {
    this.session = session;
  }

  /** Whether it is still there: it is lost with its connection. */
  public boolean isHeld() {
    try {
      Database.using(session).fetchSingle("select 1");
      return true;
    } catch (DataAccessException lost) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      // The server ends the session, and with it the turn, also when it cannot be told to.
      if (!String.valueOf(e.getSQLState()).startsWith("08")) {
        throw new IllegalStateException("A session could not be ended", e);
      }
    }
  }
}
