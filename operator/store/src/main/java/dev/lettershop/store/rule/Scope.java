package dev.lettershop.store.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Among which events a term stands. Every subquery there has to refer to the innermost event: one
 * that needs the profile alone becomes an InitPlan, and when but one partition of the events is
 * left, PostgreSQL moves it to the scan of that partition without telling the scan what it depends
 * on. It then keeps the answer for the first profile (seen in 17.6).
 */
final class Scope {
  private final Field<Long> profile;
  private final Deque<Integer> slots = new ArrayDeque<>();

  Scope(Field<Long> profile) {
    this.profile = profile;
  }

  /** Translates what stands among the events of a slot. */
  <T> T among(int slot, Supplier<T> translation) {
    slots.push(slot);
    try {
      return translation.get();
    } finally {
      slots.pop();
    }
  }

  /** The number of the profile, as the innermost event has it. */
  Field<Long> profile() {
    return slots.isEmpty()
        ? profile
        : EventTranslation.column(slots.peek(), "profile_id", SQLDataType.BIGINT);
  }

  /** Whether a term stands among no events. */
  boolean isOutside() {
    return slots.isEmpty();
  }

  /** Holds always, and refers to the innermost event if there is one. */
  Condition here() {
    return slots.isEmpty() ? DSL.trueCondition() : profile().isNotNull();
  }

  /**
   * Computes a value once where a term needs it more than once; terms would otherwise double with
   * each level of nesting. The {@code offset} keeps the planner from undoing that.
   */
  <T> Field<T> once(Field<?> value, Function<Field<Object>, Field<T>> term) {
    Table<?> computed =
        DSL.table("(select {0} as v where {1} offset 0)", value, here()).as(DSL.name("once"));
    return DSL.field(
        DSL.select(term.apply(SqlTerm.any(DSL.field(DSL.name("once", "v"), value.getDataType()))))
            .from(computed));
  }

  /** The same for two values. */
  <T> Field<T> once(
      Field<?> first, Field<?> second, BiFunction<Field<Object>, Field<Object>, Field<T>> term) {
    Table<?> computed =
        DSL.table("(select {0} as v, {1} as w where {2} offset 0)", first, second, here())
            .as(DSL.name("once"));
    return DSL.field(
        DSL.select(
                term.apply(
                    SqlTerm.any(DSL.field(DSL.name("once", "v"), first.getDataType())),
                    SqlTerm.any(DSL.field(DSL.name("once", "w"), second.getDataType()))))
            .from(computed));
  }
}
