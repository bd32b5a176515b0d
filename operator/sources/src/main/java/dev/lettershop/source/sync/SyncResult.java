package dev.lettershop.source.sync;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.source.connect.SourceProgress;
import dev.lettershop.source.map.Dropped;
import dev.lettershop.source.map.InvalidRecord;
import dev.lettershop.store.load.LoadCounts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a sync did, or why it did nothing. Holds no personal data.
 *
 * @param source the ProfileSource's name
 * @param records how many records the input has, the rejected ones among them; up to where it was
 *     read when the sync failed
 * @param silent records that are in order and say nothing, such as a consent never asked for
 * @param counts what changed in the store; all zero when the sync failed
 * @param rejected how many records could not be used
 * @param invalid the first of them; the others are in the store's quarantine
 * @param dropped values that could not be used and that profiles went without, by field
 * @param unknownColumns columns that nothing declares, and in how many records they had a value;
 *     their values are kept
 * @param reached up to where the source has been read
 * @param unchanged whether it was a file that is the same as when it was read last, and so was
 *     passed over
 * @param problems why the sync failed and left the store as it was; empty when it succeeded
 */
public record SyncResult(
    String source,
    long records,
    long silent,
    LoadCounts counts,
    long rejected,
    List<InvalidRecord> invalid,
    Map<String, Dropped> dropped,
    Map<String, Long> unknownColumns,
    SourceProgress reached,
    boolean unchanged,
    List<Diagnostic> problems) {

  public SyncResult {
    invalid = List.copyOf(invalid);
    dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    unknownColumns = Collections.unmodifiableMap(new LinkedHashMap<>(unknownColumns));
    problems = List.copyOf(problems);
  }

  public boolean succeeded() {
    return problems.isEmpty();
  }
}
