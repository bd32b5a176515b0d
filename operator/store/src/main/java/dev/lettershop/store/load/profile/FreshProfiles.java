package dev.lettershop.store.load.profile;

import dev.lettershop.store.load.CopyRows;
import dev.lettershop.store.load.LoadSession;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * The short way into a store that knows nobody: a row that shares nothing with an earlier one of
 * its load is a new person for certain, and goes right into {@code profile} and {@code identity}
 * while the next rows are being read. The key of identities is built when all rows are there.
 * Meanwhile nobody else changes identities or looks at them.
 */
final class FreshProfiles {

  /** What hangs on profiles goes seldom: each COPY into another table ends the one before. */
  private static final int SELDOM = 1 << 19;

  private final StagedProfiles shape;
  private final LoadNumbers numbers;
  private final CopyRows profiles;
  private final CopyRows identities;
  private final CopyRows keys;
  private long seq;
  private long written;

  private FreshProfiles(LoadSession session, StagedProfiles shape, LoadNumbers numbers) {
    this.shape = shape;
    this.numbers = numbers;
    String columns =
        shape.columns().stream()
            .map(c -> c.target() + ", ")
            .collect(
                Collectors.joining(
                    "", "profile (id, email, email_key, ", "extra, _as_of, _origin, _key, _read)"));
    this.profiles = session.copy(columns, LoadSession.CHUNK);
    this.identities = session.copy("identity (kind, value, profile_id)", SELDOM);
    this.keys = session.copy("person_key (profile_id, lock, wrapped)", SELDOM);
  }

  /** Takes the short way where it is open; null where somebody is known or looks. */
  static FreshProfiles open(LoadSession session, StagedProfiles shape, int precedence) {
    session.pause();
    return session.guarded(
        () -> {
          DSLContext db = session.db();
          db.execute("savepoint fresh");
          if (!isEmptyAndFree(db)) {
            db.execute("rollback to savepoint fresh");
            return null;
          }
          db.execute("alter table identity drop constraint identity_pkey");
          return new FreshProfiles(
              session,
              shape,
              LoadNumbers.takeMost(db, session.source(), shape.kinds().get(0), precedence));
        });
  }

  private static boolean isEmptyAndFree(DSLContext db) {
    if (!is(db, "select pg_try_advisory_xact_lock(" + LoadSession.IDENTITIES + ")")
        || !is(db, "select not exists (select from identity)")) {
      return false;
    }
    try {
      db.execute("lock table identity in access exclusive mode nowait");
    } catch (DataAccessException inUse) {
      return false;
    }
    return is(
        db, "select not exists (select from identity) and not exists (select from separation)");
  }

  private static boolean is(DSLContext db, String question) {
    return db.fetchSingle(question).get(0, Boolean.class);
  }

  LoadNumbers numbers() {
    return numbers;
  }

  /** How many profiles came by this way. */
  long written() {
    return written;
  }

  /** Begins a row of {@code profile}. */
  CopyRows row(long seq) {
    this.seq = seq;
    return profiles.beginRow().number(numbers.base() + seq);
  }

  /**
   * Writes the last columns.
   *
   * @param identities by kind, null where there is none
   */
  void describe(List<String> identities) {
    profiles.number(numbers.origin());
    String key = null;
    for (int i = 0; i < identities.size(); i++) {
      String value = identities.get(i);
      profiles.check(shape.kinds().get(i), value);
      if (key == null && value != null) {
        key = i == 0 ? value : shape.kinds().get(i) + "=" + value;
      }
    }
    profiles.string(shape.kinds().get(0), key).number(numbers.read() + seq);
  }

  /**
   * Ends the row and writes what hangs on the profile.
   *
   * @param lock of the key that something is sealed with, or null
   */
  void end(LoadSession session, String position, List<String> values, String lock, String wrapped) {
    if (!session.endRow(position, profiles)) {
      return;
    }
    written++;
    long id = numbers.base() + seq;
    session.guarded(
        () -> {
          for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
              identities.beginRow().string("kind", shape.kinds().get(i));
              identities.string("value", values.get(i)).number(id).endRow();
            }
          }
          if (lock != null) {
            keys.beginRow().number(id).string("lock", lock).string("wrapped", wrapped).endRow();
          }
          return null;
        });
  }

  /** Sends what is left. */
  void send(LoadSession session) {
    session.guarded(
        () -> {
          profiles.send();
          identities.send();
          keys.send();
          return null;
        });
  }

  /** Makes identities findable again, as fast as can be. */
  void finish(DSLContext db, long rows) {
    numbers.giveBack(db, rows);
    db.execute("set local maintenance_work_mem = '128MB'");
    db.execute("alter table identity add primary key (value, kind)");
  }
}
