package dev.lettershop.store.audience;

import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import dev.lettershop.store.pace.SendingHours;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * When people are mailed, as SQL: by their time zone, and by their variant where that has a time of
 * its own. Worked out once for each zone.
 */
public final class DueTimes {
  private final FreezeRequest request;
  private final Field<?> now;
  private final List<VariantWeight> own;

  /**
   * @param now when that is decided
   */
  public DueTimes(FreezeRequest request, Field<?> now) {
    this.request = request;
    this.now = now;
    this.own = request.variants().stream().filter(v -> v.localTime() != null).toList();
  }

  private boolean byHours() {
    return request.politeness().hasHours() || !own.isEmpty();
  }

  /**
   * A query of {@code variant} (empty for all without a time of their own), {@code name} and due.
   */
  public Field<?> hours() {
    if (!byHours()) {
      return DSL.field(
          "select ''::text as variant, null::text as name, null::timestamptz as due where false");
    }
    List<Field<?>> parts = new ArrayList<>();
    parts.add(part("", SendingHours.dueByZone(request.politeness(), now)));
    own.forEach(
        variant ->
            parts.add(
                part(
                    variant.name(),
                    SendingHours.dueByZone(request.politeness().at(variant.localTime()), now))));
    StringBuilder sql = new StringBuilder("{0}");
    for (int i = 1; i < parts.size(); i++) {
      sql.append(" union all {").append(i).append('}');
    }
    return DSL.field(sql.toString(), SQLDataType.OTHER, parts.toArray());
  }

  private static Field<?> part(String variant, Field<?> dueByZone) {
    return DSL.field(
        "select {0}::text as variant, z.name, z.due from ({1}) z",
        SQLDataType.OTHER, DSL.inline(variant), dueByZone);
  }

  /**
   * Which of the hours count for somebody.
   *
   * @param variant that the person gets
   */
  public Field<?> key(Field<?> variant) {
    if (own.isEmpty()) {
      return DSL.inline("");
    }
    return DSL.field(
        "case when {0} = any({1}::text[]) then {0} else '' end",
        SQLDataType.CLOB,
        variant,
        DSL.val(own.stream().map(VariantWeight::name).toArray(String[]::new)));
  }

  /**
   * When somebody is mailed; null for at once. Reads {@code hours}, and {@code h}, its row of the
   * person's zone.
   */
  public Field<?> due(Field<?> variant) {
    if (!byHours()) {
      return DSL.field("null::timestamptz");
    }
    return DSL.field(
        """
        nullif(coalesce(h.due, (select due from hours where name = {0} and variant = {1}),
                        (select due from hours where name = 'UTC' and variant = {1})), '-infinity')
        """,
        SQLDataType.OTHER, DSL.val(request.politeness().defaultZone()), key(variant));
  }
}
