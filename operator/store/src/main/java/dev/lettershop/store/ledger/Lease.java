package dev.lettershop.store.ledger;

/**
 * The right of one process to claim recipients of one run, for a while. Thread-safe. Closing gives
 * back what is claimed and not yet sending.
 */
public final class Lease implements AutoCloseable {

  Lease() {}

  public long id() {
    throw new UnsupportedOperationException();
  }

  public Run run() {
    throw new UnsupportedOperationException();
  }

  public int shard() {
    throw new UnsupportedOperationException();
  }

  /**
   * Renews it for its time to live.
   *
   * @return false when it is lost: nothing may be claimed or sent under it any more
   */
  public boolean renew() {
    throw new UnsupportedOperationException();
  }

  public boolean lost() {
    throw new UnsupportedOperationException();
  }

  /** Renews it every third of its time to live, in a thread of its own, until closed. */
  public Lease keepAlive() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
