package dev.lettershop.store.audience;

import dev.lettershop.encoding.Sha256;
import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Which variant of an experiment somebody gets, as SQL: one number, drawn once for each profile, of
 * which the upper half decides about the hold-out and the lower about the variant.
 */
public final class ExperimentDraw {
  /** Names the draw of those whom no campaign mails. */
  private static final String CONTROL_GROUP = "lettershop/control-group";

  private final FreezeRequest request;

  public ExperimentDraw(FreezeRequest request) {
    this.request = request;
  }

  /**
   * 64 bits that are the same whenever they are drawn for a profile and an experiment. PostgreSQL
   * can never change this hash: tables are partitioned by it.
   *
   * @param profile SQL for the profile's number
   */
  public Field<Long> of(String profile) {
    if (request.holdoutPercent() == 0 && request.variants().isEmpty()) {
      return DSL.inline((Long) null, SQLDataType.BIGINT);
    }
    return DSL.field(
        "hashint8extended(" + profile + ", {0})",
        SQLDataType.BIGINT,
        DSL.inline(seed(request.experiment())));
  }

  /** The first eight bytes of the name's SHA-256. */
  private static long seed(String experiment) {
    return ByteBuffer.wrap(Sha256.of(experiment)).getLong();
  }

  /** Whether the row's {@code draw} falls to the hold-out. */
  public Condition holdout() {
    return request.holdoutPercent() == 0
        ? DSL.falseCondition()
        : DSL.condition("{0} < {1}", share("draw >> 32", 100), DSL.val(request.holdoutPercent()));
  }

  /**
   * Whether somebody is of those whom no campaign mails: the same people for all campaigns of a
   * store.
   *
   * @param profile SQL for the profile's number
   */
  public Condition controlGroup(String profile) {
    return request.controlPercent() == 0
        ? DSL.falseCondition()
        : DSL.condition(
            "{0} < {1}",
            share("hashint8extended(" + profile + ", " + seed(CONTROL_GROUP) + ")", 100),
            DSL.val(request.controlPercent()));
  }

  /**
   * Whether the row's {@code draw} is of the first wave, which a decision is made from: the same
   * share of each variant.
   */
  public Condition firstWave() {
    Comparison comparison = request.comparison();
    long total = request.variants().stream().mapToLong(VariantWeight::weight).sum();
    if (comparison == null || comparison.testPercent() == 100 || total == 0) {
      return DSL.trueCondition();
    }
    Field<Long> draw = share("draw", total * 100);
    List<Condition> waves = new ArrayList<>();
    long from = 0;
    for (VariantWeight variant : request.variants()) {
      long most = from * 100 + (long) variant.weight() * comparison.testPercent();
      waves.add(
          DSL.condition(
              "{0} >= {1} and {0} < {2}", draw, DSL.inline(from * 100), DSL.inline(most)));
      from += variant.weight();
    }
    return DSL.or(waves);
  }

  /** The variant of the row's {@code draw}; null without variants. */
  public Field<?> variant() {
    long total = request.variants().stream().mapToLong(VariantWeight::weight).sum();
    if (total == 0) {
      return DSL.inline((String) null, SQLDataType.CLOB);
    }
    Field<Long> draw = share("draw", total);
    long upTo = 0;
    StringBuilder sql = new StringBuilder("case");
    List<Object> parts = new ArrayList<>();
    parts.add(draw);
    for (VariantWeight variant : request.variants()) {
      upTo += variant.weight();
      sql.append(" when {0} < {%d} then {%d}".formatted(parts.size(), parts.size() + 1));
      parts.add(DSL.inline(upTo));
      parts.add(DSL.val(variant.name(), SQLDataType.CLOB));
    }
    return DSL.field(sql.append(" end").toString(), parts.toArray());
  }

  /** The lower half of a number, brought to 0 (inclusive) to {@code range} (exclusive). */
  private static Field<Long> share(String number, long range) {
    return DSL.field(
        "(((" + number + ") & 4294967295) * {0} >> 32)", SQLDataType.BIGINT, DSL.inline(range));
  }
}
