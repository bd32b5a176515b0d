package dev.lettershop.store.segment;

import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.rule.evaluate.TimeDependence;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.rule.RuleSql;
import dev.lettershop.store.segment.SegmentExplanation.IndexAdvice;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Finds attributes on which an index would help: where one condition that every member meets leaves
 * few profiles, and where a refresh has to find those whose time has come.
 */
final class IndexAdvisor {
  /** In a smaller table, an index is not worth its upkeep. */
  private static final long SMALL = 10_000;

  /** Of more than this share, reading all is as fast. */
  private static final double FEW = 0.1;

  private final DSLContext db;
  private final RuleSql sql;
  private final Rule rule;
  private final long profiles;

  IndexAdvisor(DSLContext db, RuleSql sql, Rule rule, long profiles) {
    this.db = db;
    this.sql = sql;
    this.rule = rule;
    this.profiles = profiles;
  }

  List<IndexAdvice> advise(Field<OffsetDateTime> now) {
    if (profiles < SMALL) {
      return List.of();
    }
    Map<String, IndexAdvice> advice = new LinkedHashMap<>();
    for (Expr condition : conditions(rule.expr())) {
      Expr.Attribute attribute = attribute(condition);
      if (attribute == null || isLeading(attribute.name())) {
        continue;
      }
      long left =
          SegmentExplainer.Estimate.of(
                  db.fetch("explain {0}", sql.members(condition, now))
                      .map(r -> r.get(0, String.class)))
              .rows();
      if (left < FEW * profiles) {
        advice.putIfAbsent(
            attribute.name(),
            new IndexAdvice(
                statement(attribute),
                String.format(
                    Locale.ROOT,
                    "one condition on %s leaves about %,d of %,d profiles",
                    attribute.name(),
                    left,
                    profiles)));
      }
    }
    TimeDependence drift = rule.drift();
    for (TimeDependence.Cause cause :
        drift.obstacle() == null ? drift.causes() : List.<TimeDependence.Cause>of()) {
      if (cause instanceof TimeDependence.Passing passing
          && passing.value() instanceof Expr.Attribute attribute
          && !isLeading(attribute.name())) {
        advice.putIfAbsent(
            attribute.name(),
            new IndexAdvice(
                statement(attribute),
                "an incremental refresh finds by it whose "
                    + attribute.name()
                    + " the time has passed"));
      }
    }
    return new ArrayList<>(advice.values());
  }

  /** Conditions that every member meets. */
  private static List<Expr> conditions(Expr expr) {
    if (expr instanceof Expr.And and) {
      return and.operands().stream().flatMap(o -> conditions(o).stream()).toList();
    }
    return expr instanceof Expr.InSegment segment ? conditions(segment.rule()) : List.of(expr);
  }

  /** The attribute that a condition restricts in a way that an index can find, or null. */
  private static Expr.Attribute attribute(Expr condition) {
    Expr reference = null;
    if (condition instanceof Expr.Compare compare
        && compare.comparison() != Expr.Comparison.NotEqual
        && (compare.right() instanceof Expr.Literal || compare.right() instanceof Expr.Now)) {
      reference = compare.left();
    } else if (condition instanceof Expr.OneOf oneOf) {
      reference = oneOf.value();
    } else if (condition instanceof Expr.Includes includes
        && includes.element() instanceof Expr.Literal) {
      reference = includes.list();
    } else if (condition instanceof Expr.TextTest test
        && test.question() == Expr.TextQuestion.StartsWith
        && test.argument() instanceof Expr.Literal) {
      reference = test.text();
    }
    return reference instanceof Expr.Attribute attribute && !attribute.name().equals("id")
        ? attribute
        : null;
  }

  /** Whether an index begins with the attribute's column. */
  private boolean isLeading(String attribute) {
    return db.fetchSingle(
            """
            select exists (
              select from pg_index i
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
              where i.indrelid = 'profile'::regclass and a.attname = ?)
            """,
            attribute)
        .get(0, Boolean.class);
  }

  private static String statement(Expr.Attribute attribute) {
    return DSL.using(SQLDialect.POSTGRES)
        .render(
            DSL.sql(
                attribute.type() == ValueType.StringList
                    ? "create index concurrently on {0}.profile using gin ({1})"
                    : "create index concurrently on {0}.profile ({1})",
                DSL.name(Database.SCHEMA),
                DSL.name(attribute.name())));
  }
}
