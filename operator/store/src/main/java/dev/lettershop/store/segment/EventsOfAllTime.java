package dev.lettershop.store.segment;

import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** How many events a rule looks at without a window: what its warning tells. */
final class EventsOfAllTime {
  private EventsOfAllTime() {}

  /**
   * Their number by name, from the planner's statistics, which know how often each of the frequent
   * names is met. Empty when each window has a beginning.
   */
  static Map<String, Long> of(DSLContext db, Rule rule) {
    TreeSet<String> open = new TreeSet<>();
    ExprParts.visit(
        rule.expr(),
        part -> {
          Expr.Events events = ExprParts.events(part);
          if (events != null && events.window().isOpen()) {
            open.add(events.name());
          }
        });
    Map<String, Long> found = new TreeMap<>();
    for (String name : open) {
      Select<?> all =
          DSL.select(DSL.inline(1))
              .from(DSL.table(DSL.name("event")))
              .where(DSL.field(DSL.name("name"), SQLDataType.CLOB).eq(DSL.inline(name)));
      found.put(name, SegmentExplainer.Estimate.of(SegmentExplainer.plan(db, all)).rows());
    }
    return found;
  }
}
