package dev.lettershop.source.sync;

import dev.lettershop.store.load.Load;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Keeps rows in memory instead of storing them. */
public final class RecordingSink<R> implements Load<R> {
  public final List<R> rows = new ArrayList<>();
  public final List<String> quarantine = new ArrayList<>();
  public final List<String> raw = new ArrayList<>();
  SourcePosition position;
  public boolean committed;
  public boolean closed;

  @Override
  public void add(R row) {
    rows.add(row);
  }

  @Override
  public void quarantine(String position, String field, String reason, String record) {
    quarantine.add(position + " " + field + ": " + reason);
    raw.add(record);
  }

  @Override
  public void release(long quarantined) {
    throw new UnsupportedOperationException("Nothing is replayed here");
  }

  @Override
  public long quarantined() {
    return quarantine.size();
  }

  @Override
  public void readUpTo(SourcePosition next) {
    position = next;
  }

  @Override
  public LoadCounts commit() {
    committed = true;
    return new LoadCounts(rows.size() + quarantine.size(), rows.size(), 0, 0, quarantined(), 0);
  }

  @Override
  public void close() {
    closed = true;
  }
}
