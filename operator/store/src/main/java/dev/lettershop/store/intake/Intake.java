package dev.lettershop.store.intake;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.Turn;
import dev.lettershop.store.load.event.EventLoad;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Calls between the answer to their sender and the transaction that makes events of them.
 * Thread-safe.
 */
public final class Intake {
  /** Chunks at a time; each holds a few milliseconds. */
  private static final int MOST_CHUNKS = 500;

  private static final int DAYS = 7;

  private final Database database;

  public Intake(Database database) {
    this.database = database;
  }

  /**
   * Stores chunks in one transaction: when this returns, they are in the database. When it throws,
   * they may be: a commit whose answer was lost.
   *
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public void append(List<IntakeChunk> chunks) {
    String doing = "store what came in";
    try (Connection connection = database.dataSource().getConnection();
        var insert =
            connection.prepareStatement(
                "insert into intake (source, events, content) values (?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (IntakeChunk chunk : chunks) {
        insert.setString(1, chunk.source());
        insert.setInt(2, chunk.events());
        insert.setBytes(3, database.vault().sealBytes(chunk.content()));
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw database.failure(doing, e);
    }
  }

  /** Whether the database answers and has the tables. May wait for a moment. */
  public boolean isReachable() {
    try {
      return database.once(
          "reach the database",
          db -> db.fetchSingle("select to_regclass('intake') is not null").get(0, Boolean.class));
    } catch (StoreException away) {
      return false;
    }
  }

  /**
   * Takes the right to work through intake; empty while another process has it.
   *
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public Optional<Turn> takeTurn() {
    return Turn.take(database, "intake");
  }

  /** The sources of which something waits. */
  public List<String> sources() {
    return database.once(
        "look for intake",
        db ->
            db.fetch("select source from intake group by source order by min(id)")
                .map(row -> row.get(0, String.class)));
  }

  /**
   * The oldest chunks of a source, at least one.
   *
   * @param most stops before more calls are reached
   * @param mostBytes stops before more bytes are reached
   */
  public IntakeBatch next(String source, int most, long mostBytes) {
    return database.once(
        "read intake",
        db -> {
          List<Long> ids = new ArrayList<>();
          List<byte[]> contents = new ArrayList<>();
          int events = 0;
          for (Record row :
              db.fetch(
                  """
                  select id, events, content from (
                    select id, events, content, row_number() over up_to as number,
                      sum(events) over up_to as calls,
                      sum(octet_length(content)) over up_to as bytes
                    from (select id, events, content from intake where source = ?
                          order by id limit ?) oldest window up_to as (order by id)) counted
                  where number = 1 or calls <= ? and bytes <= ? order by id
                  """,
                  source,
                  MOST_CHUNKS,
                  most,
                  mostBytes)) {
            ids.add(row.get(0, Long.class));
            events += row.get(1, Integer.class);
            contents.add(database.vault().openBytes(row.get(2, byte[].class)));
          }
          return new IntakeBatch(source, ids, contents, events);
        });
  }

  /** Which of these messages were worked through within the last week. */
  public Set<UUID> seen(Collection<UUID> hashes) {
    if (hashes.isEmpty()) {
      return Set.of();
    }
    return database.once(
        "look for repeated messages",
        db ->
            new HashSet<>(
                // Each is looked up in the index; = any() would compare all with all.
                db.fetch(
                        """
                        select h from unnest(?) h
                        where exists (select from intake_seen where hash = h)
                        """,
                        (Object) hashes.toArray(UUID[]::new))
                    .map(row -> row.get(0, UUID.class))));
  }

  /**
   * Has a batch deleted, and its messages noted, in the transaction that makes events of it. That
   * transaction fails when somebody else has worked through the batch meanwhile.
   *
   * @param today decides for how long the messages are remembered
   */
  public void settle(IntakeBatch batch, Set<UUID> messages, LocalDate today, EventLoad load) {
    load.alongside(
        db -> {
          int gone = db.execute("delete from intake where id = any(?)", ids(batch));
          if (gone != batch.ids().size()) {
            throw new IntakeMovedException(batch.source());
          }
          remember(db, messages, today);
        });
  }

  private static Object ids(IntakeBatch batch) {
    return batch.ids().toArray(Long[]::new);
  }

  private static void remember(DSLContext db, Set<UUID> messages, LocalDate today) {
    if (!messages.isEmpty()) {
      db.execute(
          """
          insert into intake_seen (hash, seen_on) select h, ? from unnest(?) h
          on conflict do nothing
          """,
          today,
          messages.toArray(UUID[]::new));
    }
  }

  /**
   * Makes the partitions of this week and the next, and drops those of which every day is more than
   * a week old. Safe to repeat.
   */
  public void keepWeeks(LocalDate today) {
    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    List<String> needed = List.of(name(monday), name(monday.plusWeeks(1)));
    database.transact(
        "keep weeks of messages",
        db -> {
          List<String> there =
              db.fetch(
                      """
                      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                      where i.inhparent = 'intake_seen'::regclass
                      """)
                  .map(row -> row.get(0, String.class));
          for (int week = 0; week < needed.size(); week++) {
            if (!there.contains(needed.get(week))) {
              db.execute(
                  "create table if not exists {0} partition of intake_seen for values from ({1}) to ({2})",
                  DSL.name(needed.get(week)),
                  DSL.inline(monday.plusWeeks(week).toString()),
                  DSL.inline(monday.plusWeeks(week + 1L).toString()));
            }
          }
          String oldest =
              name(today.minusDays(DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
          there.stream()
              .filter(name -> name.compareTo(oldest) < 0)
              .forEach(name -> db.execute("drop table {0}", DSL.name(name)));
          return null;
        });
  }

  private static String name(LocalDate monday) {
    return "intake_seen_" + monday.toString().replace('-', '_');
  }

  /** What waits. */
  public Backlog backlog() {
    return database.once(
        "measure intake",
        db -> {
          Record row =
              db.fetchSingle(
                  """
                  select coalesce(sum(events), 0),
                    coalesce(extract(epoch from clock_timestamp() - min(received_at)), 0)::float8
                  from intake
                  """);
          long millis = Math.max(0, Math.round(row.get(1, Double.class) * 1000));
          return new Backlog(row.get(0, Long.class), Duration.ofMillis(millis));
        });
  }
}
