package dev.lettershop.store.segment;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.rule.RuleSql;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Asks PostgreSQL how it would answer a rule. Runs within a transaction that is read only. */
final class SegmentExplainer {
  private static final Pattern ESTIMATE =
      Pattern.compile("cost=[0-9.]+\\.\\.([0-9.]+) rows=([0-9]+)");
  private static final DSLContext TEXT =
      DSL.using(
          SQLDialect.POSTGRES,
          new Settings()
              .withRenderFormatted(true)
              .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED));

  private static final Field<OffsetDateTime> NOW =
      DSL.field("now()", SQLDataType.TIMESTAMPWITHTIMEZONE);

  private final DSLContext db;
  private final Rule rule;
  private final RuleSql sql;

  SegmentExplainer(DSLContext db, Rule rule, ProfileSchema schema, Vault vault) {
    this.db = db;
    this.rule = rule;
    this.sql = new RuleSql(schema, vault);
  }

  SegmentExplanation explain() {
    db.execute("set transaction read only");
    db.execute("set local jit = off");
    OffsetDateTime now = db.fetchSingle("select now()").get(0, OffsetDateTime.class);
    Field<OffsetDateTime> moment = DSL.inline(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    Select<?> query = sql.members(rule, moment);
    List<String> plan = plan(db, query);
    Estimate whole = Estimate.of(plan);
    long profiles = rows("profile");
    return new SegmentExplanation(
        TEXT.renderInlined(sql.members(rule, NOW)),
        plan,
        whole.cost(),
        whole.rows(),
        profiles,
        new IndexAdvisor(db, sql, rule, profiles).advise(moment),
        EventsOfAllTime.of(db, rule));
  }

  /** PostgreSQL's plan of a query, line by line. */
  static List<String> plan(DSLContext db, Select<?> query) {
    return db.fetch("explain {0}", query).map(r -> r.get(0, String.class));
  }

  private long rows(String table) {
    return db.fetchSingle(
            "select greatest(reltuples, 0)::bigint from pg_class where oid = {0}::regclass",
            DSL.inline(table))
        .get(0, Long.class);
  }

  /** What the first line of a plan says. */
  record Estimate(double cost, long rows) {
    static Estimate of(List<String> plan) {
      Matcher figures = ESTIMATE.matcher(plan.get(0));
      if (!figures.find()) {
        throw new IllegalStateException("PostgreSQL's plan begins without an estimate");
      }
      return new Estimate(Double.parseDouble(figures.group(1)), Long.parseLong(figures.group(2)));
    }
  }
}
