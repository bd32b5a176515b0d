package dev.lettershop.store.schema;

import dev.lettershop.rule.ast.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Fills the table {@code time_zone} with the clocks that rules in memory go by. */
public final class TimeZones {
  private TimeZones() {}

  /** Whether the clocks are those of this Java's time zone database. */
  static boolean areCurrent(DSLContext db) {
    return db.fetchSingle(
            "select exists (select from time_zone where version = ?)", Clock.version())
        .get(0, Boolean.class);
  }

  /** Replaces all clocks. */
  public static void write(DSLContext db) {
    List<Clock> clocks = Clock.names().stream().map(name -> Clock.of(name).orElseThrow()).toList();
    db.execute("delete from time_zone");
    db.execute(
        """
        insert into time_zone (name, changes, offsets, version)
        select name, changes::timestamptz[], offsets::int[], ?
        from unnest(?::text[], ?::text[], ?::text[]) as clock (name, changes, offsets)
        """,
        Clock.version(),
        texts(clocks, Clock::name),
        texts(clocks, clock -> array(clock.changes())),
        texts(clocks, clock -> array(clock.offsets())));
  }

  private static String[] texts(List<Clock> clocks, Function<Clock, String> text) {
    return clocks.stream().map(text).toArray(String[]::new);
  }

  private static String array(List<?> elements) {
    return elements.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
