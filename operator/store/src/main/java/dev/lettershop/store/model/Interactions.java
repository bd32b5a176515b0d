package dev.lettershop.store.model;

import dev.lettershop.store.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Reads who bought what as a stream: memory does not grow with the number of people. Thread-safe.
 */
public final class Interactions {
  private static final int AT_ONCE = 10_000;

  private static final String ITEMS =
      """
      select item, count(*), count(*) filter (where last >= ?::timestamptz)
      from (
        select e.properties ->> ? as item, e.profile_id, max(e.occurred_at) as last from event e
        where e.name = ? and e.occurred_at >= ?::timestamptz and e.occurred_at < ?::timestamptz
        group by 1, 2) once
      where item is not null and length(item) <= 200
      group by item order by 2 desc, item limit ?
      """;

  private static final String BOUGHT =
      """
      select e.profile_id, e.properties ->> ? from event e
      where e.name = ? and e.occurred_at >= ?::timestamptz and e.occurred_at < ?::timestamptz
      order by e.profile_id, e.occurred_at, e.id
      """;

  /**
   * Which events are meant.
   *
   * @param event its name
   * @param item property that names the item
   * @param from of the first events
   * @param to events from this moment on are not seen
   */
  public record Wanted(String event, String item, Instant from, Instant to) {}

  /**
   * An item.
   *
   * @param people who have bought it
   * @param recently those of them who bought it lately
   */
  public record ItemCount(String item, long people, long recently) {}

  /** Is told of each purchase. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param item null when the event names none
     */
    void read(long profile, String item);
  }

  private final Database database;

  public Interactions(Database database) {
    this.database = database;
  }

  /**
   * The items that most people have bought, most first.
   *
   * @param lately since when counts as lately
   * @param most of them
   */
  public List<ItemCount> items(Wanted wanted, Instant lately, int most) {
    return database.transact(
        "count items",
        db -> {
          settings(db);
          return db.fetch(
                  ITEMS,
                  at(lately),
                  wanted.item(),
                  wanted.event(),
                  at(wanted.from()),
                  at(wanted.to()),
                  most)
              .map(Interactions::count);
        });
  }

  private static ItemCount count(Record row) {
    return new ItemCount(row.get(0, String.class), row.get(1, Long.class), row.get(2, Long.class));
  }

  /** Reads all purchases, those of a person together and the oldest first. */
  public void read(Wanted wanted, Reader reader) {
    database.transact(
        "read who bought what",
        db -> {
          settings(db);
          try (Cursor<?> cursor =
              db.resultQuery(
                      BOUGHT, wanted.item(), wanted.event(), at(wanted.from()), at(wanted.to()))
                  .fetchSize(AT_ONCE)
                  .fetchLazy()) {
            ResultSet rows = cursor.resultSet();
            while (rows.next()) {
              reader.read(rows.getLong(1), rows.getString(2));
            }
          } catch (SQLException e) {
            throw database.failure("read who bought what", e);
          }
          return null;
        });
  }

  private static void settings(DSLContext db) {
    db.execute(
        """
        select set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true),
          set_config('work_mem', '128MB', true),
          set_config('idle_in_transaction_session_timeout', '10min', true)
        """);
  }

  private static OffsetDateTime at(Instant moment) {
    return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
  }
}
