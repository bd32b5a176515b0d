package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The aggregates that figures of events are, over rows with the columns {@code kept} (whether the
 * event counts), {@code v} (its value) and {@code at} (when it happened), each followed by a
 * suffix.
 */
final class FigureSql {
  private final String kept;
  private final String value;
  private final String at;

  private FigureSql(String suffix) {
    this.kept = "kept" + suffix;
    this.value = "v" + suffix;
    this.at = "at" + suffix;
  }

  /**
   * Unknown as soon as the filter is, or the value of an event that counts.
   *
   * @param expr {@link Expr.EventCount}, {@link Expr.EventFigure}, or {@link Expr.AnyEvent}, for
   *     which kept says whether filter and predicate hold
   * @param open whether kept may be unknown
   */
  static Field<?> of(Expr expr, boolean open, String suffix) {
    return new FigureSql(suffix).guarded(expr, open);
  }

  static boolean isLast(Expr expr) {
    return expr instanceof Expr.EventFigure figure && figure.figure() == Expr.Figure.Last;
  }

  static DataType<?> type(Expr expr) {
    return switch (expr.type()) {
      case Integer -> SQLDataType.BIGINT;
      case Double -> SQLDataType.DOUBLE;
      case String -> SQLDataType.CLOB;
      case Boolean -> SQLDataType.BOOLEAN;
      default -> SQLDataType.TIMESTAMPWITHTIMEZONE;
    };
  }

  private Field<?> guarded(Expr expr, boolean open) {
    if (expr instanceof Expr.AnyEvent) {
      return DSL.field(
          "case max(coalesce("
              + kept
              + "::int * 2, 1)) when 2 then true when 1 then null else false end",
          SQLDataType.BOOLEAN);
    }
    String result =
        expr instanceof Expr.EventFigure figure ? result(figure) : "count(*) " + filtered();
    List<String> guards = new ArrayList<>();
    if (open) {
      guards.add("count(*) = count(" + kept + ")");
    }
    if (expr instanceof Expr.EventFigure && !isLast(expr)) {
      guards.add("count(*) " + filtered() + " = count(" + value + ") " + filtered());
    }
    return guards.isEmpty()
        ? DSL.field(result, type(expr))
        : DSL.field(
            "case when " + String.join(" and ", guards) + " then " + result + " end", type(expr));
  }

  private String filtered() {
    return "filter (where " + kept + ")";
  }

  private String result(Expr.EventFigure figure) {
    boolean integer = figure.value().type() == ValueType.Integer;
    String sum = "coalesce(sum(" + value + "::numeric) " + filtered() + ", 0)";
    String whole =
        "case when %1$s between -9223372036854775808 and 9223372036854775807 then %1$s::bigint end"
            .formatted(sum);
    return switch (figure.figure()) {
      case Min -> "min(" + value + ") " + filtered();
      case Max -> "max(" + value + ") " + filtered();
      case Sum -> integer ? whole : sum + "::double precision";
      case Average ->
          (integer ? "(" + whole + ")" : sum)
              + "::double precision / nullif(count(*) "
              + filtered()
              + ", 0)::double precision";
      // Where several are the newest, NULL comes first, then the greatest.
      case Last ->
          "(array_agg("
              + value
              + " order by "
              + at
              + " desc, "
              + value
              + (figure.type() == ValueType.String ? " collate \"C\"" : "")
              + " desc) "
              + filtered()
              + ")[1]";
    };
  }
}
