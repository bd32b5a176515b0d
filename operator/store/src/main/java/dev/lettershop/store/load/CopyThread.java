package dev.lettershop.store.load;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Sends rows to PostgreSQL while the next ones are being made. Chunks of several tables may follow
 * each other; each goes with a COPY of its own. At most {@value #AHEAD} chunks wait, so memory does
 * not grow with the rows. The connection is the thread's between a {@link #send} and the next
 * {@link #end}.
 */
final class CopyThread implements AutoCloseable {

  private static final int AHEAD = 2;

  private final Connection connection;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread copying = new Thread(task, "copy");
            copying.setDaemon(true);
            return copying;
          });
  private final Semaphore room = new Semaphore(AHEAD);
  private volatile Throwable failure;
  private String copy;
  private CopyIn running;

  CopyThread(Connection connection) {
    this.connection = connection;
  }

  /**
   * Sends rows, soon.
   *
   * @param copy {@code copy … from stdin}, text format
   * @param rows not to be touched any more
   * @throws SQLException when it failed with earlier ones
   */
  void send(String copy, CharSequence rows) throws SQLException {
    room.acquireUninterruptibly();
    thread.execute(
        () -> {
          step(() -> write(copy, rows));
          room.release();
        });
    check();
  }

  private interface Step {
    void run() throws SQLException;
  }

  /** Runs unless something has failed; nothing may be missing between what is sent. */
  private void step(Step step) {
    if (failure == null) {
      try {
        step.run();
      } catch (SQLException | RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  private void check() throws SQLException {
    if (failure instanceof SQLException cause) {
      throw cause;
    }
    if (failure != null) {
      throw new IllegalStateException("Rows could not be sent", failure);
    }
  }

  private void write(String next, CharSequence rows) throws SQLException {
    if (!next.equals(copy)) {
      finish();
      running = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(next);
      copy = next;
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    running.writeToCopy(bytes, 0, bytes.length);
  }

  private void finish() throws SQLException {
    copy = null;
    if (running != null) {
      CopyIn ended = running;
      running = null;
      ended.endCopy();
    }
  }

  /** Waits until all is sent; the connection is free for other statements then. */
  void end() throws SQLException {
    CompletableFuture.runAsync(() -> step(this::finish), thread).join();
    check();
  }

  /** Gives up, so that the connection can roll back; what still waits is not sent. */
  void cancel() throws SQLException {
    failure = new IllegalStateException("This load was given up");
    SQLException fault = CompletableFuture.supplyAsync(this::abandon, thread).join();
    if (fault != null) {
      throw fault;
    }
  }

  private SQLException abandon() {
    try {
      if (running != null && running.isActive()) {
        running.cancelCopy();
      }
      return null;
    } catch (SQLException e) {
      return e;
    } finally {
      running = null;
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
