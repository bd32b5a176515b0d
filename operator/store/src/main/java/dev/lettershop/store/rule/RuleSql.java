package dev.lettershop.store.rule;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.schema.ProfileTable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Translates rules about profiles of one schema into PostgreSQL (14 or later). All values are bind
 * values. Immutable and thread-safe.
 */
public final class RuleSql {
  private final ProfileSchema schema;

  /**
   * @param schema the one that the rules were compiled against
   */
  public RuleSql(ProfileSchema schema) {
    this.schema = Objects.requireNonNull(schema);
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

  /** True for everybody who is not a member, whether the rule is false or unknown for them. */
  public Condition notMember(Rule rule, ProfileTable profile, Field<OffsetDateTime> now) {
    return SqlTerm.isNotTrue(condition(rule, profile, now));
  }

  /** The rule's truth: TRUE, FALSE, or NULL for unknown. */
  public Field<Boolean> truth(Rule rule, ProfileTable profile, Field<OffsetDateTime> now) {
    return translation(profile, now).truth(rule.expr());
  }

  private static RuleTranslation translation(ProfileTable profile, Field<OffsetDateTime> now) {
    return new RuleTranslation(profile, now);
  }

  @Override
  public String toString() {
    return "RuleSql" + schema.attributes().keySet();
  }
}
