package dev.lettershop.store.load;

import dev.lettershop.profile.PlainText;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.trigger.TriggerBell;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The transaction of one load: a connection of its own, the staging table, and the quarantine. What
 * all loads share.
 */
public final class LoadSession implements AutoCloseable {

  /** Identity values stand in a B-tree, which has a limit. */
  public static final int MAX_IDENTITY = 1000;

  /** Lock under which identities change. */
  public static final String IDENTITIES = "hashtextextended('lettershop/identity', 0)";

  /** So many new or changed rows can make the planner's statistics misleading. */
  public static final long MANY = 10_000;

  private static final int MAX_RAW = 100_000;

  /** So many characters are sent at once. */
  public static final int CHUNK = 1 << 16;

  /** Work of a load that talks to the database. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  private final Database database;
  private final String source;
  private final Connection connection;
  private final DSLContext db;
  private final CopyThread thread;
  private final CopyRows stage;
  private final CopyRows quarantine;
  private final String doing;
  private long taken;
  private long staged;
  private long quarantined;
  private boolean ended;
  private final List<Long> released = new ArrayList<>();
  private SourcePosition position;
  private final List<Consumer<DSLContext>> alongside = new ArrayList<>();
  private final Set<Integer> triggered = new TreeSet<>();

  /**
   * @param columns definitions of the staging table's columns after {@code seq}
   */
  public LoadSession(Database database, String source, Continuation continuation, String columns) {
    this.database = database;
    this.source = source;
    this.doing = "load the source " + source;
    this.connection = database.session(doing);
    this.db = Database.using(connection);
    this.thread = new CopyThread(connection);
    this.stage = copy("load_stage", CHUNK);
    this.quarantine = copy("quarantine (source, position, field, reason, raw)", CHUNK);
    guarded(
        () -> {
          prepare(continuation, columns);
          return null;
        });
  }

  private void prepare(Continuation continuation, String columns) throws SQLException {
    try {
      db.execute("set temp_buffers = '64MB'");
      db.execute("set work_mem = '64MB'");
      db.execute("set jit = off");
      connection.setAutoCommit(false);
      db.execute("create temp table load_stage (seq bigint, " + columns + ") on commit drop");
      if (continuation == Continuation.FromStart) {
        // What is wrong with a source is what was wrong when it was last read.
        db.execute("delete from quarantine where source = ?", source);
      }
    } catch (DataAccessException e) {
      thread.close();
      connection.close();
      throw e;
    }
  }

  /**
   * Rows for another table.
   *
   * @param target the table, and its columns in parentheses
   * @param chunk so many characters are sent at once
   */
  public CopyRows copy(String target, int chunk) {
    return new CopyRows(thread, "copy " + target + " from stdin", chunk);
  }

  public String source() {
    return source;
  }

  public DSLContext db() {
    return db;
  }

  public Database database() {
    return database;
  }

  /** Begins a row of the staging table. */
  public CopyRows row() {
    return stage.beginRow().number(taken);
  }

  /**
   * Ends the row that was begun; one that cannot be stored goes to quarantine. Whether it is
   * stored.
   */
  public boolean endRow(String position) {
    boolean stored = endRow(position, stage);
    staged += stored ? 1 : 0;
    return stored;
  }

  /** The same, of a row of another table that counts as one that was read. */
  public boolean endRow(String position, CopyRows rows) {
    CopyRows.Fault fault = guarded(rows::endRow);
    if (fault == null) {
      taken++;
      return true;
    }
    quarantine(position, fault.field(), fault.reason(), null);
    return false;
  }

  public void quarantine(String position, String field, String reason, String raw) {
    guarded(
        () -> {
          quarantine
              .beginRow()
              .string("source", source)
              .string("position", storable(position))
              .string("field", storable(field))
              .string("reason", storable(reason))
              .string("raw", database.vault().sealText(storable(raw)));
          return quarantine.endRow();
        });
    quarantined++;
  }

  private static String storable(String text) {
    if (text == null) {
      return null;
    }
    String bounded = text.length() > MAX_RAW ? text.substring(0, MAX_RAW) : text;
    return bounded.replace('\0', '\uFFFD');
  }

  public long read() {
    return taken + quarantined;
  }

  public long quarantined() {
    return quarantined;
  }

  /** Rows that are stored or in the staging table; also the number of the next one. */
  public long taken() {
    return taken;
  }

  /** Rows in the staging table. */
  public long staged() {
    return staged;
  }

  /** Ends the staging. */
  public void startMerging() {
    guarded(
        () -> {
          stage.send();
          quarantine.send();
          thread.end();
          db.execute("analyze load_stage");
          return null;
        });
  }

  /** Waits for other loads: under this lock identities change, by one load at a time. */
  public void lockIdentities() {
    db.execute("select pg_advisory_xact_lock(" + IDENTITIES + ")");
  }

  /** Waits until what was sent so far is with the database, so that statements can follow. */
  public void pause() {
    guarded(
        () -> {
          thread.end();
          return null;
        });
  }

  /** Has the position stored in the transaction of the rows. */
  public void readUpTo(SourcePosition next) {
    position = next;
  }

  /** Takes a row out of the quarantine in the transaction of the rows. */
  public void release(long quarantined) {
    released.add(quarantined);
  }

  /** Has something else done in the transaction of the rows, at its end. */
  public void alongside(Consumer<DSLContext> work) {
    alongside.add(work);
  }

  /** Notes whose people have entered: whoever waits for them is told after the commit. */
  public void triggered(Collection<Integer> triggers) {
    triggered.addAll(triggers);
  }

  public void commit() {
    guarded(
        () -> {
          if (!released.isEmpty()) {
            db.execute(
                "delete from quarantine where id = any(?)", (Object) released.toArray(Long[]::new));
          }
          if (position != null) {
            SourcePositions.write(db, database.vault(), source, position);
          }
          alongside.forEach(work -> work.accept(db));
          connection.commit();
          ended = true;
          return null;
        });
    TriggerBell.ring(database, triggered);
  }

  public <T> T guarded(Work<T> work) {
    if (ended) {
      throw new IllegalStateException("This load has ended");
    }
    try {
      return work.run();
    } catch (SQLException | DataAccessException e) {
      throw failure(e);
    }
  }

  private StoreException failure(Exception e) {
    return database.failure(doing, e);
  }

  /**
   * An identity value as it is compared; null when it is blank or, for an e-mail address, none that
   * mail could be sent to.
   */
  public static String identity(String kind, Object value) {
    if (value == null) {
      return null;
    }
    String text = PlainText.line(value.toString());
    if (text.isEmpty()) {
      return null;
    }
    return kind.equals("email") ? EmailKey.of(text).orElse(null) : text;
  }

  @Override
  public void close() {
    try (Connection closing = connection) {
      if (!ended && !closing.isClosed()) {
        ended = true;
        thread.cancel();
        closing.rollback();
      }
    } catch (SQLException e) {
      // The server rolls back whatever the connection did not commit.
      if (!String.valueOf(e.getSQLState()).startsWith("08")) {
        throw failure(e);
      }
    } finally {
      thread.close();
    }
  }
}
