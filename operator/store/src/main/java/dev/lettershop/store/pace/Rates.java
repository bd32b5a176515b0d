package dev.lettershop.store.pace;

import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jooq.DSLContext;

/**
 * Rate limits that hold over processes, restarts and hosts: for each a row says when the next mail
 * may go, and whoever takes slots moves it on (the generic cell rate algorithm). Slots of a process
 * that dies are lost, so a rate is never exceeded by making up for them.
 */
public final class Rates {

  /** Who comes late may make up for so much. */
  private static final double BURST_SECONDS = 0.1;

  /** How far ahead slots may be taken: the more important the further, so that it comes first. */
  private static final double LEAST_AHEAD_SECONDS = 0.25;

  private static final double AHEAD_SECONDS_BY_PRIORITY = 0.0175;

  private static final String TAKE =
      """
      insert into bucket as b (name, free_at)
      values (?, clock_timestamp() + make_interval(secs => ?))
      on conflict (name) do update set
        free_at = greatest(b.free_at, clock_timestamp() - make_interval(secs => ?))
                  + make_interval(secs => ?)
      where b.free_at <= clock_timestamp() + make_interval(secs => ?)
      returning extract(epoch from b.free_at - clock_timestamp())::double precision
      """;

  private final Database database;

  public Rates(Database database) {
    this.database = database;
  }

  /** How far ahead of its use a slot may be taken. */
  public static Duration ahead(int priority) {
    return Duration.ofMillis(
        Math.round(1000 * (LEAST_AHEAD_SECONDS + AHEAD_SECONDS_BY_PRIORITY * priority)));
  }

  /**
   * @param limits at least one; all of them hold
   */
  public Slots take(List<RateLimit> limits, int wanted, int priority) {
    List<RateLimit> inOrder =
        limits.stream().sorted(Comparator.comparing(RateLimit::name)).toList();
    int slowest = limits.stream().mapToInt(RateLimit::perSecond).min().orElseThrow();
    double ahead = ahead(priority).toMillis() / 1000.0;
    return database.transact(
        "take slots of a rate limit",
        db -> {
          double start = -BURST_SECONDS;
          for (int i = 0; i < inOrder.size(); i++) {
            OptionalDouble free = take(db, inOrder.get(i), wanted, ahead);
            if (free.isEmpty()) {
              inOrder.subList(0, i).forEach(taken -> giveBack(db, taken, wanted));
              return new Slots(0, untilAhead(db, inOrder.get(i), ahead), Duration.ZERO);
            }
            start = Math.max(start, free.getAsDouble());
          }
          return new Slots(wanted, seconds(start), seconds(1.0 / slowest));
        });
  }

  /** When the first slot is, in seconds from now. */
  private static OptionalDouble take(DSLContext db, RateLimit limit, int wanted, double ahead) {
    double length = (double) wanted / limit.perSecond();
    return db.fetchOptional(
            TAKE, limit.name(), length, BURST_SECONDS, length, Math.max(0, ahead - length))
        .map(row -> OptionalDouble.of(row.get(0, Double.class) - length))
        .orElseGet(OptionalDouble::empty);
  }

  /** In the transaction that took them, so that nobody has come after. */
  private static void giveBack(DSLContext db, RateLimit limit, int slots) {
    db.execute(
        "update bucket set free_at = free_at - make_interval(secs => ?) where name = ?",
        (double) slots / limit.perSecond(),
        limit.name());
  }

  private static Duration untilAhead(DSLContext db, RateLimit limit, double ahead) {
    double free =
        db.fetchSingle(
                """
                select extract(epoch from free_at - clock_timestamp())::double precision
                from bucket where name = ?
                """,
                limit.name())
            .get(0, Double.class);
    return seconds(Math.max(0.01, free - ahead));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
