package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.InvalidPolicy;
import dev.lettershop.api.v1alpha1.OnInvalid;
import java.io.IOException;

/**
 * Takes every record of an input through its mapper into the store, and decides whether what came
 * of it may stay.
 *
 * @param <R> the row that the store loads
 */
final class Transfer<R> {
  private final String path;
  private final RecordMapper<R> mapper;
  private final OnInvalid onInvalid;
  private final SyncTally tally;

  /**
   * @param path of the input, for positions
   * @param onInvalid what to do with invalid records
   */
  Transfer(String path, RecordMapper<R> mapper, OnInvalid onInvalid, SyncTally tally) {
    this.path = path;
    this.mapper = mapper;
    this.onInvalid = onInvalid;
    this.tally = tally;
  }

  /**
   * Transfers all records and commits.
   *
   * @param sink closed here, committed or not
   * @throws SourceFault when there are more invalid records than allowed; nothing is committed then
   */
  SyncResult run(RecordReader reader, RowSink<R> sink) throws IOException, SourceFault {
    try (sink) {
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        tally.read();
        if (record instanceof SourceRecord.Fields fields) {
          take(fields, sink);
        } else if (record instanceof SourceRecord.Broken broken) {
          reject(broken.line(), "", broken.reason(), broken.raw(), sink);
        }
      }
      tally.unknownColumns(mapper.unknownColumns());
      checkShare(sink.quarantined());
      return tally.succeeded(sink.commit());
    }
  }

  private void take(SourceRecord.Fields record, RowSink<R> sink) throws SourceFault {
    Mapped<R> mapped = mapper.map(record.line(), record.fields());
    if (mapped instanceof Mapped.Row<R> row) {
      sink.add(row.row());
    } else if (mapped instanceof Mapped.Rejected<R> rejected) {
      reject(record.line(), rejected.field(), rejected.reason(), record.raw(), sink);
    } else {
      tally.silent();
    }
  }

  private void reject(long line, String field, String reason, String raw, RowSink<R> sink)
      throws SourceFault {
    InvalidRecord record = new InvalidRecord(path + ':' + line, field, reason);
    tally.rejected(record);
    if (onInvalid.policy() == InvalidPolicy.Fail) {
      throw new SourceFault(
          "spec.onInvalid.policy",
          "an invalid record stops the sync, and nothing was loaded: " + record,
          "correct the record or the mapping, or set the policy to Quarantine");
    }
    sink.quarantine(
        record.position(),
        field.isEmpty() ? null : field,
        reason,
        raw == null ? null : Storable.text(raw));
  }

  private void checkShare(long rejected) throws SourceFault {
    int limit = onInvalid.failAbovePercent();
    if (rejected * 100 > limit * tally.records()) {
      throw new SourceFault(
          "spec.onInvalid.failAbovePercent",
          rejected
              + " of "
              + tally.records()
              + " records are invalid, more than "
              + limit
              + "%; nothing was loaded",
          "correct the input or the mapping; the first invalid records are listed");
    }
  }
}
