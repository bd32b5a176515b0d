package dev.lettershop.store.load;

import dev.lettershop.store.database.Database;
import java.util.Optional;
import org.jooq.DSLContext;

/** Up to where sources have been read. Thread-safe. */
public final class SourcePositions {

  private final Database database;

  public SourcePositions(Database database) {
    this.database = database;
  }

  /** The position that was committed with the last rows; empty when there is none. */
  public Optional<SourcePosition> get(String source) {
    return database.once(
        "look up how far the source " + source + " has been read",
        db ->
            db.fetchOptional(
                    "select origin, position, version from source_position where source = ?",
                    source)
                .map(
                    row ->
                        new SourcePosition(
                            row.get(0, String.class),
                            row.get(1, String.class),
                            row.get(2, Long.class))));
  }

  /** Stores a position with no rows before it, unless another sync moved it meanwhile. */
  public void put(String source, SourcePosition next) {
    database.transact(
        "note how far the source " + source + " has been read",
        db -> {
          write(db, source, next);
          return null;
        });
  }

  /** Has the source read from its start again. Whether there was anything to forget. */
  public boolean forget(String source) {
    return database.once(
        "forget how far the source " + source + " has been read",
        db -> db.execute("delete from source_position where source = ?", source) > 0);
  }

  /**
   * Stores a position in the caller's transaction.
   *
   * @param next with the version that was read before
   * @throws PositionMovedException when the stored one has another version by now
   */
  static void write(DSLContext db, String source, SourcePosition next) {
    int written =
        next.version() == 0
            ? db.execute(
                """
                insert into source_position (source, origin, position) values (?, ?, ?)
                on conflict do nothing
                """,
                source,
                next.origin(),
                next.position())
            : db.execute(
                """
                update source_position
                set origin = ?, position = ?, version = version + 1, updated_at = now()
                where source = ? and version = ?
                """,
                next.origin(),
                next.position(),
                source,
                next.version());
    if (written == 0) {
      throw new PositionMovedException(source);
    }
  }
}
