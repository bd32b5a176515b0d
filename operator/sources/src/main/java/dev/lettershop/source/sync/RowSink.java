package dev.lettershop.source.sync;

import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadedProfile;
import dev.lettershop.store.load.ProfileLoad;
import dev.lettershop.store.load.SourcePosition;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;

/**
 * Where rows go. One transaction: closing without {@link #commit()} changes nothing.
 *
 * @param <R> the row
 */
public interface RowSink<R> extends AutoCloseable {
  void add(R row);

  /**
   * @param field the field at fault, or null when it is the record as a whole
   * @param raw the record as it was read, or null
   */
  void quarantine(String position, String field, String reason, String raw);

  /** Takes a row out of the quarantine, when what was added is committed. */
  void release(long quarantined);

  /** Rows set aside so far, here or by the store itself. */
  long quarantined();

  /** Has the position stored with the rows. */
  void readUpTo(SourcePosition position);

  LoadCounts commit();

  @Override
  void close();

  static RowSink<LoadedProfile> of(ProfileLoad load) {
    return new RowSink<>() {
      @Override
      public void add(LoadedProfile row) {
        load.add(row);
      }

      @Override
      public void quarantine(String position, String field, String reason, String raw) {
        load.quarantine(position, field, reason, raw);
      }

      @Override
      public void release(long quarantined) {
        load.release(quarantined);
      }

      @Override
      public long quarantined() {
        return load.quarantined();
      }

      @Override
      public void readUpTo(SourcePosition position) {
        load.readUpTo(position);
      }

      @Override
      public LoadCounts commit() {
        return load.commit();
      }

      @Override
      public void close() {
        load.close();
      }
    };
  }

  static RowSink<LoadedEvent> of(EventLoad load) {
    return new RowSink<>() {
      @Override
      public void add(LoadedEvent row) {
        load.add(row);
      }

      @Override
      public void quarantine(String position, String field, String reason, String raw) {
        load.quarantine(position, field, reason, raw);
      }

      @Override
      public void release(long quarantined) {
        load.release(quarantined);
      }

      @Override
      public long quarantined() {
        return load.quarantined();
      }

      @Override
      public void readUpTo(SourcePosition position) {
        load.readUpTo(position);
      }

      @Override
      public LoadCounts commit() {
        return load.commit();
      }

      @Override
      public void close() {
        load.close();
      }
    };
  }

  static RowSink<LoadedConsent> of(ConsentLoad load) {
    return new RowSink<>() {
      @Override
      public void add(LoadedConsent row) {
        load.add(row);
      }

      @Override
      public void quarantine(String position, String field, String reason, String raw) {
        load.quarantine(position, field, reason, raw);
      }

      @Override
      public void release(long quarantined) {
        load.release(quarantined);
      }

      @Override
      public long quarantined() {
        return load.quarantined();
      }

      @Override
      public void readUpTo(SourcePosition position) {
        load.readUpTo(position);
      }

      @Override
      public LoadCounts commit() {
        return load.commit();
      }

      @Override
      public void close() {
        load.close();
      }
    };
  }
}
