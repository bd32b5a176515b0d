package dev.lettershop.store.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Properties of events, read from JSON. A value of another JSON type than declared, or one that
 * PostgreSQL could not convert without an error, is NULL.
 */
final class EventProperties {
  /** A moment as RFC 3339 writes it, in UTC, on a day that there is. */
  private static final String MOMENT =
      "^(?!0000)("
          + "\\d{4}-(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])"
          + "|\\d{4}-(0[469]|11)-(0[1-9]|[12]\\d|30)"
          + "|\\d{4}-02-(0[1-9]|1\\d|2[0-8])"
          + "|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
          + ")T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z$";

  /** An element that is not text; lax paths would look into nested arrays. */
  private static final String NO_TEXT = "strict $[*] ? (@.type() != \"string\")";

  private static final String INTEGER = "^-?[0-9]{1,18}$";

  /** Date, time and six digits after the point: what is kept of a moment. */
  private static final int MICROSECONDS = 26;

  private EventProperties() {}

  static Field<?> of(Expr.Property property) {
    Field<JSONB> all = EventTranslation.column(property.slot(), "properties", SQLDataType.JSONB);
    Field<?> json = DSL.field("({0} -> {1})", SQLDataType.JSONB, all, DSL.val(property.name()));
    Field<?> text = DSL.field("({0} ->> {1})", SQLDataType.CLOB, all, DSL.val(property.name()));
    return switch (property.type()) {
      case String ->
          DSL.field(
              "case jsonb_typeof({0}) when 'string' then {1} end", SQLDataType.CLOB, json, text);
      case Boolean ->
          DSL.field(
              "case jsonb_typeof({0}) when 'boolean' then {1}::boolean end",
              SQLDataType.BOOLEAN, json, text);
      case Integer ->
          DSL.field(
              "case when jsonb_typeof({0}) = 'number' and {1} ~ {2} then {1}::bigint end",
              SQLDataType.BIGINT, json, text, DSL.val(INTEGER));
      case Double ->
          DSL.field(
              "case when jsonb_typeof({0}) = 'number' and length({1}) <= {2}"
                  + " then {1}::double precision end",
              SQLDataType.DOUBLE, json, text, DSL.val(Limits.PROPERTY_DIGITS));
      case Timestamp ->
          DSL.field(
              "case when jsonb_typeof({0}) = 'string' and {1} ~ {2}"
                  + " then (rtrim(left({1}, {3}), 'Z') || 'Z')::timestamptz end",
              SQLDataType.TIMESTAMPWITHTIMEZONE,
              json,
              text,
              DSL.val(MOMENT),
              DSL.val(MICROSECONDS));
      case StringList ->
          DSL.field(
              "case when jsonb_typeof({0}) = 'array' and not jsonb_path_exists({0}, {1}::jsonpath)"
                  + " then {0} end",
              SQLDataType.JSONB, json, DSL.val(NO_TEXT));
      case Duration -> throw new IllegalStateException("no property is a Duration");
    };
  }
}
