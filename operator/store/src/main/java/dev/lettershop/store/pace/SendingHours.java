package dev.lettershop.store.pace;

import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Times of day in a recipient's zone, as SQL text over expressions: instants are {@code
 * timestamptz}, zones {@code text}, times of day {@code time}. Clock changes are PostgreSQL's
 * business: a time that a day lacks counts as an hour later.
 */
public final class SendingHours {

  /** Who is late by less gets mail now and not on the next day. */
  private static final String TOLERANCE = "interval '1 hour'";

  private SendingHours() {}

  /** The end of the quiet hours in which an instant lies; null when it lies in none. */
  public static String quietEnd(String at, String zone, String from, String to) {
    String local = "(" + at + " at time zone " + zone + ")";
    return """
        case when case when %3$s < %4$s then %1$s::time >= %3$s and %1$s::time < %4$s
                       else %1$s::time >= %3$s or %1$s::time < %4$s end
             then (%1$s::date + case when %3$s > %4$s and %1$s::time >= %3$s then 1 else 0 end
                   + %4$s) at time zone %2$s end"""
        .formatted(local, zone, from, to);
  }

  /** The next time that it is {@code time} there, an instant at or after the given one. */
  public static String next(String at, String zone, String time) {
    String local = "((" + at + ") at time zone " + zone + ")";
    return "(%1$s::date + case when %1$s::time > %3$s then 1 else 0 end + %3$s) at time zone %2$s"
        .formatted(local, zone, time);
  }

  /**
   * A query of {@code name} and {@code due} for every zone: when somebody there is to be mailed,
   * {@code -infinity} for at once.
   *
   * @param now when the audience is decided
   */
  public static Field<?> dueByZone(ContactPolicy politeness, Field<?> now) {
    String start =
        politeness.localTime() == null
            ? "{0}"
            : "greatest({0}, " + next("{0} - " + TOLERANCE, "name", "{1}") + ")";
    String quiet =
        politeness.quiet() == null
            ? "null::timestamptz"
            : quietEnd("s.start", "s.name", "{2}", "{3}");
    return DSL.field(
        """
        select s.name, coalesce(%s, case when s.start > {0} then s.start end, '-infinity') as due
        from (select name, %s as start from sending_zone) s
        """
            .formatted(quiet, start),
        SQLDataType.OTHER,
        now,
        time(politeness.localTime()),
        time(politeness.quiet() == null ? null : politeness.quiet().from()),
        time(politeness.quiet() == null ? null : politeness.quiet().to()));
  }

  private static Field<?> time(java.time.LocalTime time) {
    return DSL.inline(time, SQLDataType.LOCALTIME);
  }
}
