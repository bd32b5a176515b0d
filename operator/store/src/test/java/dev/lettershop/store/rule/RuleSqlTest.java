package dev.lettershop.store.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SQL of common rules is what one would write by hand, so that indexes and joins are used. */
class RuleSqlTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("lifetime_value", AttributeType.Double, false),
              new Attribute("visits", AttributeType.Integer, false),
              new Attribute("last_active_at", AttributeType.Timestamp, false),
              new Attribute("vip", AttributeType.Boolean, false),
              new Attribute("interests", AttributeType.StringList, false)),
          List.of(
              new EventType("order", List.of(new EventProperty("total", AttributeType.Double)))));
  private static final Param<OffsetDateTime> NOW =
      DSL.val(OffsetDateTime.parse("2026-11-02T12:00:00Z"), SQLDataType.TIMESTAMPWITHTIMEZONE);
  private static final DSLContext SQL = DSL.using(SQLDialect.POSTGRES);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "profile.city == 'x'|\"p\".\"city\" = 'x'",
        "!(profile.city == 'x')|\"p\".\"city\" <> 'x'",
        "profile.city in ['x', 'y']|\"p\".\"city\" in ('x', 'y')",
        "profile.city < 'x'|\"p\".\"city\" < 'x' collate \"C\"",
        "has(profile.city)|\"p\".\"city\" is not null",
        "!has(profile.city)|(not \"p\".\"city\" is not null)",
        "profile.city.startsWith('N')|(starts_with(\"p\".\"city\", 'N'))",
        "profile.visits > 3|\"p\".\"visits\" > 3",
        "profile.visits > 2.5|\"p\".\"visits\" > 2",
        "profile.vip && !(profile.visits > 3)|(\"p\".\"vip\" and \"p\".\"visits\" <= 3)",
        "'news' in profile.interests|(\"p\".\"interests\" @> array['news']::text[])",
        "profile.last_active_at > now - duration('24h')|\"p\".\"last_active_at\" > timestamp with time zone '2026-11-01 12:00:00+00:00'",
        "now - profile.last_active_at < duration('24h')|\"p\".\"last_active_at\" > timestamp with time zone '2026-11-01 12:00:00+00:00'",
        "profile.last_active_at + duration('24h') > now|\"p\".\"last_active_at\" > timestamp with time zone '2026-11-01 12:00:00+00:00'",
      })
  void columns_stand_alone(String cel, String sql) {
    assertThat(SQL.renderInlined(condition(cel))).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "events('order').exists(e, true)|exists (",
        "events('order').size() > 0|exists (",
        "events('order').size() == 0|not exists (",
        "!events('order').exists(e, e.total > 1.0)|not exists (",
        "events('order').all(e, e.total > 1.0)|not exists (",
        "events('order').size() >= 2|\"p\".\"id\" in (select",
        "events('order').map(e, e.total).sum() > 10.0|\"p\".\"id\" in (select",
        "events('order').filter(e, has(e.total) && e.total > 1.0).size() > 2|\"p\".\"id\" in (select",
      })
  void questions_about_events_are_joins(String cel, String start) {
    assertThat(SQL.renderInlined(condition(cel))).startsWith(start);
  }

  @Test
  void several_kinds_of_events_in_windows_are_intersected_whatever_statistics_say() {
    String both =
        "events('order', duration('9h')).exists(e, e.total > 1.0)"
            + " && events('order', duration('2h')).size() > 0 && profile.vip";
    String unbounded = both.replace(", duration('9h')", "");
    String ofProfile = both.replace("1.0", "profile.lifetime_value");

    assertThat(SQL.renderInlined(condition(both)))
        .startsWith("(\"p\".\"id\" in (select \"e0\".\"profile_id\" from")
        .containsOnlyOnce(" intersect ")
        .endsWith("and \"p\".\"vip\")");
    assertThat(SQL.renderInlined(condition(unbounded))).doesNotContain("intersect");
    assertThat(SQL.renderInlined(condition(ofProfile))).doesNotContain("intersect");
  }

  @Test
  void a_figure_that_holds_without_events_is_asked_of_each_profile() {
    assertThat(SQL.renderInlined(condition("events('order').size() < 2")))
        .startsWith("(select count(*)");
  }

  @Test
  void no_value_of_a_rule_is_part_of_the_text() {
    String cel =
        """
        profile.city in ["c1'; drop table profile; --", "c2"] && profile.city.contains("c3")
        && profile.city.lowerAscii() == "c4" && profile.visits + 17 > 18
        && events("order", duration("29h")).exists(e, e.total > 30.5)
        && "c5" in profile.interests && profile.city.matches("^c6$")
        """;

    assertThat(SQL.render(condition(cel)))
        .doesNotContain("c1", "c2", "c3", "c4", "c5", "c6", "17", "18", "30.5", "'order'");
  }

  @Test
  void nested_terms_grow_with_the_rule_and_do_not_double() {
    String sum = "profile.visits" + " + 1)".repeat(40);
    String equal = "profile.vip" + " == profile.vip)".repeat(40);

    int sums = SQL.render(condition("(".repeat(40) + sum + " > 1")).length();
    int equals = SQL.render(condition("(".repeat(40) + equal)).length();

    assertThat(sums).isLessThan(40 * 250);
    assertThat(equals).isLessThan(40 * 100);
  }

  private static Condition condition(String cel) {
    RuleResult result = new RuleCompiler(SCHEMA, Map.of()).compile(cel);
    assertThat(result.problems()).isEmpty();
    return new RuleSql(SCHEMA).condition(result.rule(), NOW);
  }
}
