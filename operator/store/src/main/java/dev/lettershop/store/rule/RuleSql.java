package dev.lettershop.store.rule;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.evaluate.TimeDependence;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.schema.ProfileTable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Translates rules about profiles of one schema into PostgreSQL (14 or later). All values are bind
 * values, moments apart. Immutable and thread-safe.
 */
public final class RuleSql {
  private final ProfileSchema schema;
  private final Vault vault;

  /**
   * @param schema the one that the rules were compiled against
   */
  public RuleSql(ProfileSchema schema) {
    this(schema, Vault.NONE);
  }

  /**
   * @param vault what encrypts constants that deterministic attributes are compared with
   */
  public RuleSql(ProfileSchema schema, Vault vault) {
    this.schema = Objects.requireNonNull(schema);
    this.vault = vault;
  }

  /** A condition about the table {@code profile} under the alias {@code p}. */
  public Condition condition(Rule rule, Field<OffsetDateTime> now) {
    return condition(rule, new ProfileTable(schema, "p"), now);
  }

  /**
   * A condition that is true for the members, and false or NULL for everybody else: for {@code
   * where}, {@code and}, {@code or}. It keeps columns bare, so that indexes on them can be used.
   * Before negating it, write {@code DSL.coalesce(DSL.field(condition), false)}, or use {@link
   * #notMember}: NOT of NULL is NULL.
   *
   * @param profile the table that the condition is about
   * @param now the moment of evaluation, in whole microseconds; a {@link org.jooq.Param} lets the
   *     planner see constants
   */
  public Condition condition(Rule rule, ProfileTable profile, Field<OffsetDateTime> now) {
    return translation(profile, now).isTrue(rule.expr());
  }

  /**
   * The same condition for a query that looks at few profiles only: events are looked up for each
   * of them.
   */
  public Condition conditionOfFew(Rule rule, Field<OffsetDateTime> now) {
    return new RuleTranslation(new ProfileTable(schema, "p"), now, encrypted(), true)
        .isTrue(rule.expr());
  }

  /**
   * A condition about one event and the profile {@code p} that it happened to, for a query that
   * looks at few.
   *
   * @param any the event, under the alias that {@link #aliasOf} names, with its columns {@code
   *     profile_id}, {@code occurred_at} and {@code properties}; only the predicate is asked
   */
  public Condition conditionAbout(Expr.AnyEvent any, Field<OffsetDateTime> now) {
    RuleTranslation translation =
        new RuleTranslation(new ProfileTable(schema, "p"), now, encrypted(), true);
    return translation.events().among(any.events(), () -> translation.isTrue(any.predicate()));
  }

  /** The alias under which {@link #conditionAbout} finds the event. */
  public static String aliasOf(Expr.AnyEvent any) {
    return EventTranslation.alias(any.events().slot());
  }

  /** The query for the keys of a rule's members. */
  public Select<?> members(Rule rule, Field<OffsetDateTime> now) {
    return members(rule.expr(), now);
  }

  /**
   * The same for one condition of a rule.
   *
   * @param condition a Boolean without variables
   */
  public Select<?> members(Expr condition, Field<OffsetDateTime> now) {
    ProfileTable profile = new ProfileTable(schema, "p");
    return DSL.select(profile.key())
        .from(profile.table())
        .where(translation(profile, now).isTrue(condition));
  }

  /** True for everybody who is not a member, whether the rule is false or unknown for them. */
  public Condition notMember(Rule rule, ProfileTable profile, Field<OffsetDateTime> now) {
    return SqlTerm.isNotTrue(condition(rule, profile, now));
  }

  /** The rule's truth: TRUE, FALSE, or NULL for unknown. */
  public Field<Boolean> truth(Rule rule, ProfileTable profile, Field<OffsetDateTime> now) {
    return translation(profile, now).truth(rule.expr());
  }

  /**
   * Who may have another answer at {@code to} than at {@code from} although nothing has changed but
   * the time: queries of profiles' keys, which may overlap. Nothing when the answer does not depend
   * on the time.
   *
   * @throws IllegalArgumentException when that cannot be said of the rule, see {@link
   *     TimeDependence}
   */
  public List<Select<?>> drifting(Rule rule, Field<OffsetDateTime> from, Field<OffsetDateTime> to) {
    TimeDependence drift = rule.drift();
    if (drift.obstacle() != null) {
      throw new IllegalArgumentException(drift.obstacle());
    }
    return drift.causes().stream().<Select<?>>map(cause -> drifting(cause, from, to)).toList();
  }

  private Select<?> drifting(
      TimeDependence.Cause cause, Field<OffsetDateTime> from, Field<OffsetDateTime> to) {
    if (cause instanceof TimeDependence.EventPassing event) {
      Field<OffsetDateTime> at =
          DSL.field(DSL.name("e", "occurred_at"), SQLDataType.TIMESTAMPWITHTIMEZONE);
      return DSL.select(DSL.field(DSL.name("e", "profile_id"), SQLDataType.BIGINT))
          .from(DSL.table(DSL.name("event")).as("e"))
          .where(DSL.field(DSL.name("e", "name"), SQLDataType.CLOB).eq(DSL.val(event.event())))
          .and(at.ge(SqlTerm.shifted(from, event.offset())))
          .and(at.le(SqlTerm.shifted(to, event.offset())));
    }
    ProfileTable profile = new ProfileTable(schema, "p");
    RuleTranslation before = translation(profile, from);
    RuleTranslation after = translation(profile, to);
    Condition changed;
    if (cause instanceof TimeDependence.Passing passing) {
      Field<Object> value = SqlTerm.any(after.values().of(passing.value()));
      changed =
          value
              .ge(SqlTerm.any(SqlTerm.shifted(from, passing.offset())))
              .and(value.le(SqlTerm.any(SqlTerm.shifted(to, passing.offset()))));
    } else {
      Expr part = ((TimeDependence.AnotherValue) cause).part();
      changed =
          DSL.condition(
              "{0} is distinct from {1}", before.values().of(part), after.values().of(part));
    }
    return DSL.select(profile.key()).from(profile.table()).where(changed);
  }

  private RuleTranslation translation(ProfileTable profile, Field<OffsetDateTime> now) {
    return new RuleTranslation(profile, now, encrypted(), false);
  }

  private EncryptedTranslation encrypted() {
    return new EncryptedTranslation(schema, vault);
  }

  @Override
  public String toString() {
    return "RuleSql" + schema.attributes().keySet();
  }
}
