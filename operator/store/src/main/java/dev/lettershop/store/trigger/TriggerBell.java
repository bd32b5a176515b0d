package dev.lettershop.store.trigger;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Wakes workers that wait for a trigger, so that nobody has to ask all the time. It is rung after a
 * commit, by itself: a NOTIFY within the transaction would make all that commit take turns. Who
 * misses it, because whoever had to ring died, looks minutes later. Not thread-safe.
 */
public final class TriggerBell implements AutoCloseable {
  private static final String CHANNEL = "lettershop_trigger";
  private static final String DOING = "wait for a trigger";

  private final Database database;
  private final String trigger;
  private Connection session;

  TriggerBell(Database database, int trigger) {
    this.database = database;
    this.trigger = Integer.toString(trigger);
  }

  /** Rings for each of these triggers; what cannot be told is found minutes later. */
  public static void ring(Database database, Collection<Integer> triggers) {
    if (triggers.isEmpty()) {
      return;
    }
    try {
      database.once(
          "wake those who wait for a trigger",
          db ->
              db.fetch(
                  // What is lost with the server has nobody left who listens.
                  "select set_config('synchronous_commit', 'off', true), pg_notify(?, t::text)"
                      + " from unnest(?::int[]) t",
                  CHANNEL,
                  triggers.toArray(Integer[]::new)));
    } catch (StoreException unheard) {
      // The rows are stored, and nobody depends on the bell.
    }
  }

  /**
   * Waits until it rings for the trigger.
   *
   * @param most at least a millisecond
   * @return whether it rang
   * @throws StoreException when the database fails
   */
  public boolean await(Duration most) {
    try {
      listen();
      PGNotification[] rung =
          session
              .unwrap(PGConnection.class)
              .getNotifications((int) Math.max(1, Math.min(most.toMillis(), Integer.MAX_VALUE)));
      boolean mine = false;
      for (PGNotification notification : rung == null ? new PGNotification[0] : rung) {
        mine |= notification.getParameter().equals(trigger);
      }
      return mine;
    } catch (SQLException | DataAccessException e) {
      close();
      throw database.failure(DOING, e);
    }
  }

  /**
   * Listens from now on, if it does not already: what rang before is not heard.
   *
   * @throws StoreException when the database fails
   */
  public void listen() {
    if (session == null) {
      session = database.session(DOING);
      try {
        Database.dieSoonWithoutHost(session);
        Database.using(session).execute("listen " + CHANNEL);
      } catch (DataAccessException e) {
        close();
        throw database.failure(DOING, e);
      }
    }
  }

  @Override
  public void close() {
    try (Connection closing = session) {
      session = null;
    } catch (SQLException alreadyGone) {
      // The server drops what the connection had.
    }
  }
}
