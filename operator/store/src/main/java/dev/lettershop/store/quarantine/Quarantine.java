package dev.lettershop.store.quarantine;

import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Record;

/** Records that could not be taken. Thread-safe. */
public final class Quarantine {

  private static final String COLUMNS =
      "select id, source, position, field, reason, raw, created_at, refused from quarantine ";

  private final Database database;

  public Quarantine(Database database) {
    this.database = database;
  }

  /**
   * The newest rows.
   *
   * @param source null for all sources
   * @param limit at most so many, at least 1
   */
  public List<QuarantinedRow> newest(String source, int limit) {
    return database.once(
        "list the quarantine",
        db ->
            db.fetch(
                    COLUMNS + "where ?::text is null or source = ? order by id desc limit ?",
                    source,
                    source,
                    limit)
                .map(this::row));
  }

  /** How many rows there are, by source, field and reason; the most first. */
  public List<QuarantineCount> counts(String source) {
    return database.once(
        "count the quarantine",
        db ->
            db.fetch(
                    """
                    select source, field, reason, count(*) from quarantine
                    where (?::text is null or source = ?) and not refused
                    group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 1000
                    """,
                    source,
                    source)
                .map(
                    r ->
                        new QuarantineCount(
                            r.get(0, String.class),
                            r.get(1, String.class),
                            r.get(2, String.class),
                            r.get(3, Long.class))));
  }

  /**
   * Where a record stands that had a sync refused, and what is wrong with it.
   *
   * @param field null when it is the record as a whole
   */
  public record Refused(String position, String field, String reason) {}

  /**
   * Notes why the newest sync of a source was refused, in place of what was noted of earlier ones.
   *
   * @param records some of those that could not be used; empty after a sync that was not refused
   */
  public void refused(String source, List<Refused> records) {
    database.transact(
        "note why a sync was refused",
        db -> {
          db.execute("delete from quarantine where source = ? and refused", source);
          for (Refused one : records) {
            db.execute(
                """
                insert into quarantine (source, position, field, reason, refused)
                values (?, ?, ?, ?, true)
                """,
                source,
                one.position(),
                one.field(),
                one.reason());
          }
          return null;
        });
  }

  /** The number of a source's newest row; 0 when there is none. */
  public long last(String source) {
    return database.once(
        "look into the quarantine",
        db ->
            db.fetchSingle(
                    "select coalesce(max(id), 0) from quarantine where source = ? and not refused",
                    source)
                .get(0, Long.class));
  }

  /** Rows of a source in order, behind one and up to another. */
  public List<QuarantinedRow> page(String source, long after, long last, int limit) {
    return database.once(
        "read the quarantine",
        db ->
            db.fetch(
                    COLUMNS
                        + "where source = ? and id > ? and id <= ? and not refused order by id limit ?",
                    source,
                    after,
                    last,
                    limit)
                .map(this::row));
  }

  /**
   * Forgets rows for good.
   *
   * @param source null for all sources
   * @param age only rows at least so old
   * @return how many
   */
  public long purge(String source, Duration age) {
    return database.once(
        "purge the quarantine",
        db ->
            (long)
                db.execute(
                    """
                    delete from quarantine where (?::text is null or source = ?)
                      and created_at <= now() - make_interval(secs => ?)
                    """,
                    source,
                    source,
                    (double) age.toSeconds()));
  }

  private QuarantinedRow row(Record r) {
    return new QuarantinedRow(
        r.get(0, Long.class),
        r.get(1, String.class),
        r.get(2, String.class),
        r.get(3, String.class),
        r.get(4, String.class),
        database.vault().openText(r.get(5, String.class)),
        r.get(6, OffsetDateTime.class).toInstant(),
        r.get(7, Boolean.class));
  }
}
