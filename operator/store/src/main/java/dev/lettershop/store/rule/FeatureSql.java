package dev.lettershop.store.rule;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Formula;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.schema.ProfileTable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Translates the features of a model into one query that goes through the events once for all
 * features and once for the label. Immutable and thread-safe.
 */
public final class FeatureSql {
  private final ProfileSchema schema;
  private final Vault vault;

  /**
   * @param schema the one that the formulas were compiled against
   */
  public FeatureSql(ProfileSchema schema, Vault vault) {
    this.schema = schema;
    this.vault = vault;
  }

  /**
   * What is asked.
   *
   * @param population whose features are wanted, compiled as of a moment
   * @param at the moment of population and features, in whole microseconds
   * @param label compiled as of a moment; null for none
   * @param labelAt the moment of the label; null without one
   */
  public record Question(
      Rule population, List<Formula> features, Instant at, Rule label, Instant labelAt) {
    public Question {
      features = List.copyOf(features);
    }
  }

  /**
   * One row for each profile of the population, in no order: its key, each feature as a double
   * (NULL for unknown), and the label as a Boolean where there is one.
   */
  public Select<?> query(Question question) {
    ProfileTable profile = new ProfileTable(schema, "p");
    Aggregates ofFeatures = new Aggregates("figures_at");
    Aggregates ofLabel = new Aggregates("figures_after");
    RuleTranslation features = translation(profile, question.at(), ofFeatures);
    List<Field<?>> fields = new ArrayList<>();
    fields.add(profile.key());
    for (int i = 0; i < question.features().size(); i++) {
      fields.add(number(features, question.features().get(i).expr()).as("f" + i));
    }
    if (question.label() != null) {
      fields.add(
          translation(profile, question.labelAt(), ofLabel)
              .truth(question.label().expr())
              .as("label"));
    }
    Table<?> from = joined(profile.table(), profile, ofFeatures, question.at());
    from = joined(from, profile, ofLabel, question.labelAt());
    return DSL.select(fields).from(from).where(population(profile, question));
  }

  private Condition population(ProfileTable profile, Question question) {
    return translation(profile, question.at(), null).isTrue(question.population().expr());
  }

  private Table<?> joined(
      Table<? extends Record> table, ProfileTable profile, Aggregates figures, Instant now) {
    return figures.isEmpty()
        ? table
        : table
            .leftJoin(figures.table(translation(profile, now, null).events(), now))
            .on(figures.of(profile.key()));
  }

  private static Field<Double> number(RuleTranslation translation, Expr expr) {
    Field<?> value = translation.values().of(expr);
    if (expr.type() == ValueType.Boolean) {
      return DSL.field("({0})::int::double precision", SQLDataType.DOUBLE, value);
    }
    // As in memory, zero has no sign: -0.0 and 0.0 make 0.0.
    Field<Double> number = value.cast(SQLDataType.DOUBLE).plus(DSL.inline(0.0));
    return expr.type() == ValueType.Duration
        ? number.div(DSL.inline(Formula.MICROSECONDS_OF_DAY))
        : number;
  }

  private RuleTranslation translation(ProfileTable profile, Instant now, Aggregates aggregates) {
    Field<OffsetDateTime> moment =
        DSL.inline(
            OffsetDateTime.ofInstant(now, ZoneOffset.UTC), SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    return new RuleTranslation(
        profile, moment, new EncryptedTranslation(schema, vault), false, aggregates);
  }
}
