package dev.lettershop.source.sync;

import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.PulledRecord;
import dev.lettershop.source.map.Mapped;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.Load;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.SourcePosition;

/**
 * Takes some records of a pull through their mapper into the store: as many as one transaction
 * should hold, or all, when the source can only be read from its start.
 *
 * @param <R> the row that the store loads
 */
final class PullBatch<R> {
  /** Of fewer records that are new, the share of invalid ones says nothing. */
  static final int SHARE_COUNTS_FROM = 100;

  /** Transactions that wait for a slow source keep PostgreSQL from tidying up. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final Pull pull;
  private final Admissions<R> admissions;
  private final Puller.Sinks<R> sinks;
  private final SyncTally tally;
  private final int size;
  private Admission<R> admission;

  /** Compiles mappings, which takes longer than to find that there is nothing new. */
  interface Admissions<R> {
    /**
     * @throws SourceFault when the source's columns do not fit
     */
    Admission<R> get() throws SourceFault;
  }

  /**
   * How a portion ended.
   *
   * @param more whether there are records behind it
   * @param counts null when nothing was committed
   * @param position stored with it, as it has to be handed to the next; null when it stays
   */
  record End(boolean more, LoadCounts counts, SourcePosition position) {}

  /**
   * @param admissions asked when there is a record
   * @param size records to a transaction, where the source can be read on
   */
  PullBatch(Pull pull, Admissions<R> admissions, Puller.Sinks<R> sinks, SyncTally tally, int size) {
    this.pull = pull;
    this.admissions = admissions;
    this.sinks = sinks;
    this.tally = tally;
    this.size = size;
  }

  /**
   * Reads and commits. Without a record nothing is written.
   *
   * @param before what is stored at present
   * @throws SourceFault when there are more invalid records than allowed; nothing of this portion
   *     is committed then
   */
  End run(SourcePosition before, Continuation continuation) throws ConnectorException, SourceFault {
    PulledRecord record = pull.next();
    if (record == null && continuation == Continuation.Onwards) {
      return new End(false, null, null);
    }
    if (admission == null) {
      admission = admissions.get();
    }
    try (Load<R> sink = sinks.apply(continuation)) {
      long records = 0;
      long started = System.nanoTime();
      while (record != null) {
        take(record, sink);
        records++;
        boolean enough = records >= size || System.nanoTime() - started >= LONGEST_NANOS;
        if (enough && pull.position() != null) {
          break;
        }
        record = pull.next();
      }
      admission.finish();
      String position = pull.position();
      if (records >= SHARE_COUNTS_FROM || position == null) {
        admission.checkShare(sink.quarantined(), records);
      }
      SourcePosition next = null;
      if (position != null) {
        sink.readUpTo(new SourcePosition(before.origin(), position, before.version()));
        next = new SourcePosition(before.origin(), position, before.version() + 1);
      }
      LoadCounts counts = sink.commit();
      if (position != null) {
        pull.committed(position);
      }
      return new End(record != null, counts, next);
    }
  }

  private void take(PulledRecord record, Load<R> sink) throws SourceFault {
    tally.read();
    if (record.isBroken()) {
      admission.reject(record.place(), "", record.fault(), record.raw(), sink);
      return;
    }
    Mapped.Rejected<R> rejected = admission.take(record.place(), record.fields(), sink);
    if (rejected != null) {
      admission.reject(
          record.place(),
          rejected.field(),
          rejected.reason(),
          JsonRecords.write(record.fields()),
          sink);
    }
  }
}
