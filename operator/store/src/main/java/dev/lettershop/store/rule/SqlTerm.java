package dev.lettershop.store.rule;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Small pieces of SQL that the translation is put together from. */
final class SqlTerm {
  private static final double MICROSECONDS = 1_000_000;

  private SqlTerm() {}

  static Condition isNotTrue(Condition condition) {
    return DSL.condition("({0}) is not true", condition);
  }

  /** A condition as a value; NULL stays NULL. */
  static Field<Boolean> truth(Condition condition) {
    return DSL.field("({0})", SQLDataType.BOOLEAN, condition);
  }

  static Condition condition(Field<?> truth) {
    return DSL.condition(truth.coerce(SQLDataType.BOOLEAN));
  }

  /** jOOQ's types stand in the way where the rule's own types are known to fit. */
  @SuppressWarnings("unchecked")
  static Field<Object> any(Field<?> field) {
    return (Field<Object>) field;
  }

  /** A moment shifted by a constant; a constant moment stays a constant. */
  static Field<OffsetDateTime> shifted(Field<OffsetDateTime> moment, Duration by) {
    if (moment instanceof Param<OffsetDateTime> param && param.getValue() != null) {
      return DSL.inline(param.getValue().plus(by), SQLDataType.TIMESTAMPWITHTIMEZONE);
    }
    return by.isZero()
        ? moment
        : DSL.field("({0} + {1})", SQLDataType.TIMESTAMPWITHTIMEZONE, moment, interval(by));
  }

  /** Exact to the microsecond: an interval of hours, and seconds of the last hour. */
  static Field<?> interval(Duration length) {
    long hours = length.toHours();
    Duration rest = length.minusHours(hours);
    double seconds = rest.getSeconds() + rest.getNano() / 1000 / MICROSECONDS;
    return DSL.field(
        "make_interval(hours => {0}, secs => {1})",
        SQLDataType.INTERVAL, DSL.val((int) hours), DSL.val(seconds));
  }
}
