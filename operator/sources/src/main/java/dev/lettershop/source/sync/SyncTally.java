package dev.lettershop.source.sync;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.source.connect.SourceProgress;
import dev.lettershop.source.map.Dropped;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.store.load.LoadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a sync meets on its way, and makes its result. Not thread-safe. */
final class SyncTally {
  private static final int RECORDS_PER_REPORT = 1_000;
  static final LoadCounts NOTHING = new LoadCounts(0, 0, 0, 0, 0, 0);

  private final String source;
  private final int listed;
  private final ProgressListener progress;
  private final List<InvalidRecord> invalid = new ArrayList<>();
  private long records;
  private long silent;
  private long rejected;
  private long[] marked = {0, 0, 0, 0};
  private Map<String, Long> unknownColumns = Map.of();
  private Map<String, Dropped> dropped = new TreeMap<>();
  private Map<String, Dropped> markedDropped = Map.of();

  /**
   * @param listed how many invalid records to keep
   */
  SyncTally(String source, int listed, ProgressListener progress) {
    this.source = source;
    this.listed = listed;
    this.progress = progress;
  }

  void read() {
    records++;
    if (records % RECORDS_PER_REPORT == 0) {
      progress.progressed(source, records, rejected);
    }
  }

  void silent() {
    silent++;
  }

  void rejected(InvalidRecord record) {
    rejected++;
    if (invalid.size() < listed) {
      invalid.add(record);
    }
  }

  /** Adds values that rows went without, by field. */
  void dropped(Map<String, Dropped> values) {
    values.forEach((field, more) -> dropped.merge(field, more, Dropped::plus));
  }

  void unknownColumns(Map<String, Long> columns) {
    unknownColumns = columns;
  }

  long records() {
    return records;
  }

  /** What is counted by now stays counted. */
  void mark() {
    marked = new long[] {records, silent, rejected, invalid.size()};
    markedDropped = Map.copyOf(dropped);
  }

  /** Forgets what was counted since the mark: it will be read again. */
  void reset() {
    records = marked[0];
    silent = marked[1];
    rejected = marked[2];
    dropped = new TreeMap<>(markedDropped);
    invalid.subList((int) marked[3], invalid.size()).clear();
  }

  SyncResult succeeded(LoadCounts counts) {
    return succeeded(counts, SourceProgress.UNKNOWN);
  }

  SyncResult succeeded(LoadCounts counts, SourceProgress reached) {
    progress.progressed(source, records, rejected);
    long all = Math.max(rejected, counts.quarantined());
    return new SyncResult(
        source,
        records,
        silent,
        counts,
        all,
        invalid,
        dropped,
        unknownColumns,
        reached,
        false,
        List.of());
  }

  /** Nothing was read, as it would be the same again. */
  SyncResult unchanged() {
    return new SyncResult(
        source,
        0,
        0,
        NOTHING,
        0,
        invalid,
        Map.of(),
        Map.of(),
        SourceProgress.UNKNOWN,
        true,
        List.of());
  }

  SyncResult failed(List<Diagnostic> problems) {
    return new SyncResult(
        source,
        records,
        silent,
        NOTHING,
        rejected,
        invalid,
        dropped,
        unknownColumns,
        SourceProgress.UNKNOWN,
        false,
        problems);
  }
}
