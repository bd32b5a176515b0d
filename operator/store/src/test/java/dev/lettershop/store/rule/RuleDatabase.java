package dev.lettershop.store.rule;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.schema.Migrations;
import dev.lettershop.store.schema.ProfileTable;
import dev.lettershop.store.schema.TimeZones;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The two tables that rules read, in a real database. */
public final class RuleDatabase implements AutoCloseable {
  private final Connection connection;
  private final DSLContext db;

  /** What SQL says about one profile and one rule. */
  record Answer(Truth truth, boolean member) {}

  private RuleDatabase(Connection connection) {
    this.connection = connection;
    this.db = Database.using(connection);
  }

  static RuleDatabase create() throws SQLException {
    RuleDatabase database = new RuleDatabase(TestServer.connect(TestServer.newEmptyDatabase()));
    database.db.execute("create schema lettershop");
    database.db.execute("set jit = off");
    database.db.execute(
        """
        create table time_zone (name text primary key, changes timestamptz[], offsets int[],
          version text)
        """);
    TimeZones.write(database.db);
    return database;
  }

  /** Makes both tables anew and fills them. */
  void fill(ProfileSchema schema, List<RandomProfiles.Stored> profiles) {
    db.execute("drop table if exists profile, event, model_output");
    List<String> columns = new ArrayList<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      columns.add(
          "\""
              + attribute.name()
              + "\" "
              + (attribute.name().equals("id")
                  ? "bigint primary key"
                  : Migrations.definition(attribute.type())));
    }
    db.execute("create table profile (" + String.join(", ", columns) + ")");
    db.execute(
        """
        create table event (profile_id bigint not null, name text collate "C",
          occurred_at timestamptz, id text collate "C", properties jsonb)
        partition by range (occurred_at)
        """);
    // With one partition PostgreSQL plans what it plans for months of many.
    db.execute("create table event_default partition of event default");
    db.execute(
        """
        create table model_output (profile_id bigint, model text collate "C",
          score double precision, cluster text collate "C", primary key (profile_id, model))
        """);
    profiles.forEach(stored -> insert(db, schema, stored));
    db.execute("analyze profile, event, model_output");
  }

  /** Inserts a profile, its events and what models say about it. */
  public static void insert(DSLContext db, ProfileSchema schema, RandomProfiles.Stored stored) {
    Profile profile = stored.inMemory();
    long id = Long.parseLong((String) profile.attributes().get("id"));
    List<Field<?>> fields = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      Object value = profile.attributes().get(attribute.name());
      if (value != null) {
        boolean key = attribute.name().equals("id");
        DataType<?> type = key ? SQLDataType.BIGINT : ProfileTable.dataType(attribute.type());
        fields.add(DSL.field(DSL.name(attribute.name()), type));
        values.add(stored(key ? id : value));
      }
    }
    db.insertInto(DSL.table("profile"), fields).values(values).execute();
    profile
        .models()
        .forEach(
            (model, output) ->
                db.execute(
                    "insert into model_output values ({0}, {1}, {2}, {3})",
                    DSL.val(id),
                    DSL.val(model),
                    DSL.val(output.score(), SQLDataType.DOUBLE),
                    DSL.val(output.cluster(), SQLDataType.CLOB)));
    for (int i = 0; i < profile.events().size(); i++) {
      Event event = profile.events().get(i);
      db.execute(
          "insert into event values ({0}, {1}, {2}, {3}, {4}::jsonb)",
          DSL.val(id),
          DSL.val(event.name()),
          DSL.val(stored(event.occurredAt()), SQLDataType.TIMESTAMPWITHTIMEZONE),
          DSL.val("e" + i),
          DSL.val(stored.json().get(i)));
    }
  }

  private static Object stored(Object value) {
    if (value instanceof Instant moment) {
      return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
    return value instanceof List<?> list ? list.toArray(String[]::new) : value;
  }

  /** Answers of all rules for all profiles, in one statement. */
  List<List<Answer>> answers(ProfileSchema schema, List<Rule> rules, Instant now) {
    try {
      return select(schema, rules, now);
    } catch (DataAccessException e) {
      for (Rule rule : rules) {
        try {
          select(schema, List.of(rule), now);
        } catch (DataAccessException failure) {
          throw new AssertionError("fails in SQL: " + rule.source(), failure);
        }
      }
      throw e;
    }
  }

  private List<List<Answer>> select(ProfileSchema schema, List<Rule> rules, Instant now) {
    ProfileTable profile = new ProfileTable(schema, "p");
    RuleSql sql = new RuleSql(schema);
    Field<OffsetDateTime> moment =
        DSL.val(OffsetDateTime.ofInstant(now, ZoneOffset.UTC), SQLDataType.TIMESTAMPWITHTIMEZONE);
    List<Field<?>> fields = new ArrayList<>();
    for (Rule rule : rules) {
      fields.add(sql.truth(rule, profile, moment).as("t" + fields.size()));
      fields.add(known(sql.condition(rule, profile, moment)).as("m" + fields.size()));
    }
    return db.select(fields).from(profile.table()).orderBy(profile.key()).fetch().stream()
        .map(row -> answers(row, rules.size()))
        .toList();
  }

  /** The numbers beside each key, in the order of keys. */
  List<List<Double>> numbers(Select<?> query) {
    return db.fetch(query).stream()
        .sorted(Comparator.comparing(row -> row.get(0, Long.class)))
        .map(
            row -> {
              List<Double> numbers = new ArrayList<>();
              for (int i = 1; i < row.size(); i++) {
                numbers.add(row.get(i, Double.class));
              }
              return numbers;
            })
        .toList();
  }

  private static List<Answer> answers(Record row, int rules) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      Boolean truth = row.get(2 * i, Boolean.class);
      answers.add(
          new Answer(
              truth == null ? Truth.Unknown : Truth.of(truth), row.get(2 * i + 1, Boolean.class)));
    }
    return answers;
  }

  private static Field<Boolean> known(Condition condition) {
    return DSL.field("(({0}) is true)", SQLDataType.BOOLEAN, condition);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
