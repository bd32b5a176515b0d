package dev.lettershop.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The right to do a work that one process at a time does. It ends with its connection, so that a
 * killed process leaves it to another. Not thread-safe.
 */
public final class Turn implements AutoCloseable {
  private final Connection session;

  private Turn(Connection session) {
    this.session = session;
  }

  /**
   * Takes the turn; empty while another process has it.
   *
   * @param work names it, such as {@code intake}
   * @throws StoreException when the database fails
   */
  public static Optional<Turn> take(Database database, String work) {
    String doing = "take a turn at " + work;
    Connection session = database.session(doing);
    try {
      DSLContext db = Database.using(session);
      Database.dieSoonWithoutHost(session);
      if (db.fetchSingle(
              "select pg_try_advisory_lock(hashtextextended(?, 0))", "lettershop/" + work)
          .get(0, Boolean.class)) {
        return Optional.of(new Turn(session));
      }
      session.close();
      return Optional.empty();
    } catch (DataAccessException | SQLException e) {
      throw database.failure(doing, e);
    }
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
