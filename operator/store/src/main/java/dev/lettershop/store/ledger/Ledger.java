package dev.lettershop.store.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a mail may go out, and remembers what became of it. Thread-safe; all time is the
 * database's.
 */
public final class Ledger {

  public Ledger(dev.lettershop.store.database.Database database) {}

  /**
   * Makes the run known, or finds it: what was recorded first stays, except for a run that was
   * refused or dry, whose name is free again.
   */
  public Run begin(RunRequest request) {
    throw new UnsupportedOperationException();
  }

  public Optional<Run> find(RunKey key) {
    throw new UnsupportedOperationException();
  }

  /** The latest runs of a campaign, newest first. */
  public List<Run> runs(String namespace, String campaign, int limit) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes the lease of a shard. What a dead predecessor had claimed is planned again; what it was
   * sending is uncertain (or planned again, if the run's policy says Resend).
   *
   * @param shard 0-based
   * @param shards how many there are; tells where in the audience this one starts
   * @param owner name of the process, for messages
   * @param ttl the lease ends so long after its last renewal
   * @throws dev.lettershop.store.database.StoreException of kind Conflict when a live process holds
   *     it longer than {@code ttl}
   */
  public Lease lease(Run run, int shard, int shards, String owner, Duration ttl) {
    throw new UnsupportedOperationException();
  }

  /**
   * Claims recipients: those due again first. Who withdrew consent or was suppressed since the
   * freeze is skipped here.
   *
   * @return at most {@code limit}; empty when nothing can be claimed at the moment (see {@link
   *     #untilNextDue})
   */
  public List<Recipient> claim(Lease lease, int limit, ProfileView view) {
    throw new UnsupportedOperationException();
  }

  /**
   * To be called just before the messages are handed over.
   *
   * @return those that are still this lease's; the others must not be sent
   */
  public Set<Long> markSending(Lease lease, Collection<Long> profileIds) {
    throw new UnsupportedOperationException();
  }

  /** Gives recipients back that were claimed and will not be sent now. */
  public void unclaim(Lease lease, Collection<Long> profileIds) {
    throw new UnsupportedOperationException();
  }

  /**
   * Records what became of recipients, in one statement.
   *
   * @return how many rows it concerned; fewer than given when some are no longer this lease's
   */
  public int record(Lease lease, List<Outcome> outcomes) {
    throw new UnsupportedOperationException();
  }

  /** How long until a deferred recipient is due, zero when one is; empty when none is deferred. */
  public Optional<Duration> untilNextDue(Run run) {
    throw new UnsupportedOperationException();
  }

  /** Counts every row of the run: for summaries. */
  public RunCounts counts(Run run) {
    throw new UnsupportedOperationException();
  }

  /** Reads a handful of rows: for progress bars. */
  public RunProgress progress(Run run) {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends the run when nothing is open.
   *
   * @return whether it is completed now
   */
  public boolean complete(Run run) {
    throw new UnsupportedOperationException();
  }
}
