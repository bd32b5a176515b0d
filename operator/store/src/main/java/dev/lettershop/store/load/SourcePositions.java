package dev.lettershop.store.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.Vault;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;

/**
 * Up to where sources have been read. A store that encrypts seals positions: they may hold values
 * and digests of rows. Thread-safe.
 */
public final class SourcePositions {

  /** Member of a position that holds digests of rows. */
  private static final String ROWS = "seen";

  private static final JsonMapper JSON = JsonMapper.builder().build();

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
                            database.vault().openText(row.get(1, String.class)),
                            row.get(2, Long.class))));
  }

  /** Stores a position with no rows before it, unless another sync moved it meanwhile. */
  public void put(String source, SourcePosition next) {
    database.transact(
        "note how far the source " + source + " has been read",
        db -> {
          write(db, database.vault(), source, next);
          return null;
        });
  }

  /** Has the source read from its start again. Whether there was anything to forget. */
  public boolean forget(String source) {
    return database.once(
        "forget how far the source " + source + " has been read",
        db -> db.execute("delete from source_position where source = ?", source) > 0);
  }

  /** Seals all anew, with the key that is primary now. */
  public void reseal() {
    database.transact(
        "seal positions of sources anew",
        db -> {
          change(db, database.vault(), position -> position);
          return null;
        });
  }

  /**
   * Forgets which rows of a source have been read already at the position that it is read from, as
   * digests of them may be of a person who is erased. They are read again, which changes nothing.
   *
   * @param db within the caller's transaction
   */
  public static void forgetRows(DSLContext db, Vault vault) {
    change(
        db,
        vault,
        position -> {
          if (position.path(ROWS).isArray()) {
            ((ObjectNode) position).putArray(ROWS);
          }
          return position;
        });
  }

  private static void change(DSLContext db, Vault vault, UnaryOperator<JsonNode> change) {
    db.fetch("select source, position from source_position for update")
        .forEach(
            row -> {
              try {
                JsonNode position = JSON.readTree(vault.openText(row.get(1, String.class)));
                db.execute(
                    "update source_position set position = ? where source = ?",
                    vault.sealText(JSON.writeValueAsString(change.apply(position))),
                    row.get(0));
              } catch (JsonProcessingException e) {
                throw new IllegalStateException("A position is not JSON");
              }
            });
  }

  /**
   * Stores a position in the caller's transaction.
   *
   * @param next with the version that was read before
   * @throws PositionMovedException when the stored one has another version by now
   */
  static void write(DSLContext db, Vault vault, String source, SourcePosition next) {
    String position = vault.sealText(next.position());
    int written =
        next.version() == 0
            ? db.execute(
                """
                insert into source_position (source, origin, position) values (?, ?, ?)
                on conflict do nothing
                """,
                source,
                next.origin(),
                position)
            : db.execute(
                """
                update source_position
                set origin = ?, position = ?, version = version + 1, updated_at = now()
                where source = ? and version = ?
                """,
                next.origin(),
                position,
                source,
                next.version());
    if (written == 0) {
      throw new PositionMovedException(source);
    }
  }
}
