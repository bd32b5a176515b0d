package dev.lettershop.source.sync;

import dev.lettershop.api.v1alpha1.source.InvalidPolicy;
import dev.lettershop.api.v1alpha1.source.OnInvalid;
import dev.lettershop.source.clean.Storable;
import dev.lettershop.source.map.Dropped;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.source.map.Mapped;
import dev.lettershop.source.map.RecordMapper;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.store.load.Load;
import java.util.Map;

/**
 * Decides which records become rows, and whether what came of them may stay. Not thread-safe.
 *
 * @param <R> the row that the store loads
 */
final class Admission<R> {
  private final RecordMapper<R> mapper;
  private final OnInvalid onInvalid;
  private final SyncTally tally;

  /** Invalid records that are in no quarantine, since shares were checked last. */
  private long skipped;

  /** Values that rows went without, by field, since shares were checked last. */
  private Map<String, Dropped> dropped = Map.of();

  /**
   * @param onInvalid what to do with invalid records
   */
  Admission(RecordMapper<R> mapper, OnInvalid onInvalid, SyncTally tally) {
    this.mapper = mapper;
    this.onInvalid = onInvalid;
    this.tally = tally;
  }

  /** Adds the row that a record makes; returns why it makes none, or null when all is well. */
  Mapped.Rejected<R> take(String position, Map<String, Object> fields, Load<R> sink) {
    Mapped<R> mapped = mapper.map(position, fields);
    if (mapped instanceof Mapped.Row<R> row) {
      sink.add(row.row());
    } else if (mapped instanceof Mapped.Rejected<R> rejected) {
      return rejected;
    } else {
      tally.silent();
    }
    return null;
  }

  /**
   * Sets a record aside.
   *
   * @param field at fault; empty when it is the record as a whole
   * @param raw the record as it was read, or null
   * @throws SourceFault when the policy is to fail
   */
  void reject(String position, String field, String reason, String raw, Load<R> sink)
      throws SourceFault {
    InvalidRecord record = new InvalidRecord(position, field, reason);
    tally.rejected(record);
    if (onInvalid.policy() == InvalidPolicy.Fail) {
      throw new SourceFault(
          "spec.onInvalid.policy",
          "an invalid record stops the sync, and nothing was loaded: " + record,
          "correct the record or the mapping, or set the policy to Quarantine");
    }
    if (onInvalid.policy() == InvalidPolicy.Skip) {
      skipped++;
      return;
    }
    sink.quarantine(
        position, field.isEmpty() ? null : field, reason, raw == null ? null : Storable.text(raw));
  }

  /** Notes what nothing declares, and what was dropped. */
  void finish() {
    tally.unknownColumns(mapper.unknownColumns());
    dropped = mapper.dropped().take();
    tally.dropped(dropped);
  }

  /**
   * @param quarantined how many of {@code records} cannot be used and were set aside
   * @throws SourceFault when these are more than allowed
   */
  void checkShare(long quarantined, long records) throws SourceFault {
    long rejected = quarantined + skipped;
    skipped = 0;
    int limit = onInvalid.failAbovePercent();
    if (rejected * 100 > limit * records) {
      throw new SourceFault(
          "spec.onInvalid.failAbovePercent",
          rejected
              + " of "
              + records
              + " records are invalid, more than "
              + limit
              + "%; nothing was loaded",
          "correct the input or the mapping; the first invalid records are listed");
    }
    for (Map.Entry<String, Dropped> field : dropped.entrySet()) {
      if (mapper.dropped().isLimited(field.getKey())
          && field.getValue().values() * 100 > limit * records) {
        throw tooManyDropped(field.getKey(), field.getValue(), records, limit);
      }
    }
  }

  private static SourceFault tooManyDropped(
      String field, Dropped dropped, long records, int limit) {
    return new SourceFault(
        "spec.normalise.fields",
        "%d of %d records have a value of %s that cannot be used, more than failAbovePercent (%d%%); nothing was loaded; the first is %s"
            .formatted(dropped.values(), records, field, limit, dropped.first()),
        "correct the mapping, or declare how the field is written; to go on without these values,"
            + " add {name: "
            + field
            + ", onInvalid: DropValue}");
  }
}
