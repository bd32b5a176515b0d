package dev.lettershop.source.sync;

import dev.lettershop.api.v1alpha1.source.OnInvalid;
import dev.lettershop.source.map.Mapped;
import dev.lettershop.source.map.RecordMapper;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.source.read.SourceRecord;
import dev.lettershop.store.load.Load;
import dev.lettershop.store.load.SourcePosition;
import java.io.IOException;

/**
 * Takes every record of a file through its mapper into the store, all of them or none.
 *
 * @param <R> the row that the store loads
 */
final class Transfer<R> {
  /** Where a file ends. */
  interface End {
    /** Stored with the rows. */
    SourcePosition position() throws IOException;
  }

  private final String path;
  private final Admission<R> admission;
  private final SyncTally tally;

  /**
   * @param path of the input, for positions
   * @param onInvalid what to do with invalid records
   */
  Transfer(String path, RecordMapper<R> mapper, OnInvalid onInvalid, SyncTally tally) {
    this.path = path;
    this.admission = new Admission<>(mapper, onInvalid, tally);
    this.tally = tally;
  }

  /**
   * Transfers all records and commits.
   *
   * @param end asked when all records have been read
   * @param sink closed here, committed or not
   * @throws SourceFault when there are more invalid records than allowed; nothing is committed then
   */
  SyncResult run(RecordReader reader, End end, Load<R> sink) throws IOException, SourceFault {
    try (sink) {
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        tally.read();
        String position = path + ':' + record.line();
        if (record instanceof SourceRecord.Fields fields) {
          Mapped.Rejected<R> rejected = admission.take(position, fields.fields(), sink);
          if (rejected != null) {
            admission.reject(position, rejected.field(), rejected.reason(), fields.json(), sink);
          }
        } else if (record instanceof SourceRecord.Broken broken) {
          admission.reject(position, "", broken.reason(), broken.raw(), sink);
        }
      }
      admission.finish();
      admission.checkShare(sink.quarantined(), tally.records());
      sink.readUpTo(end.position());
      return tally.succeeded(sink.commit());
    }
  }
}
