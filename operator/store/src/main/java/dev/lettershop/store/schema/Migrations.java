package dev.lettershop.store.schema;

import dev.lettershop.api.v1alpha1.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Brings the tables to what this version and a declared schema need. */
public final class Migrations {

  /** Number of the newest migration on the class path. */
  static final int LATEST = 13;

  private static final String DOING = "bring the tables up to date";
  private static final String HISTORY = "schema_history";

  private final Database database;

  public Migrations(Database database) {
    this.database = database;
  }

  /**
   * Applies what is missing; two processes at once take turns.
   *
   * @throws StoreException when an attribute has another type than its column, or bears a name that
   *     the store needs itself; or a privilege is missing
   */
  public void apply(ProfileSchema schema) {
    // A session of its own: the lock must span the transactions of Flyway and ours.
    try (Connection session = database.session(DOING)) {
      DSLContext db = Database.using(session);
      // Most of the time there is nothing to do, and Flyway takes its time to find that out.
      if (isLatest(db)
          && new EncryptedColumns(db, schema, database.place()).areKnown()
          && missing(db, schema).isEmpty()
          && TimeZones.areCurrent(db)) {
        return;
      }
      db.execute("set lock_timeout = '5min'");
      db.execute("select pg_advisory_lock(hashtextextended('lettershop/migrate', 0))");
      // Flyway would try again for many seconds where the privilege is missing; it is not needed
      // when
      // somebody else made the schema.
      if (db.fetchSingle("select to_regnamespace(?)::text", Database.SCHEMA).get(0) == null) {
        db.execute("create schema {0}", DSL.name(Database.SCHEMA));
      }
      flyway().migrate();
      session.setAutoCommit(false);
      new EncryptedColumns(db, schema, database.place()).record();
      addColumns(db, schema);
      if (!TimeZones.areCurrent(db)) {
        TimeZones.write(db);
      }
      session.commit();
    } catch (FlywayException | DataAccessException | SQLException e) {
      throw database.failure(DOING, e);
    }
  }

  private static boolean isLatest(DSLContext db) {
    return db.fetchSingle("select to_regclass(?)::text", HISTORY).get(0) != null
        && db.fetchSingle(
                "select coalesce(max(version::int), 0) >= {0} from {1} where success",
                DSL.val(LATEST), DSL.name(HISTORY))
            .get(0, Boolean.class);
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas(Database.SCHEMA)
        .defaultSchema(Database.SCHEMA)
        .createSchemas(false)
        .table(HISTORY)
        .locations("classpath:dev/lettershop/store/migration")
        .cleanDisabled(true)
        .loggers("slf4j")
        .load();
  }

  private void addColumns(DSLContext db, ProfileSchema schema) {
    for (AttributeDefinition attribute : missing(db, schema)) {
      db.execute(
          "alter table profile add column {0} " + definition(attribute),
          DSL.name(attribute.name()));
    }
  }

  /** Attributes without a column. */
  private List<AttributeDefinition> missing(DSLContext db, ProfileSchema schema) {
    Map<String, String> columns =
        db.fetch(
                """
                select column_name, udt_name from information_schema.columns
                where table_schema = current_schema() and table_name = 'profile'
                """)
            .intoMap(r -> r.get(0, String.class), r -> r.get(1, String.class));
    List<String> faults = new ArrayList<>();
    List<AttributeDefinition> missing = new ArrayList<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      String present = columns.get(attribute.name());
      if (attribute.builtIn()) {
        continue;
      }
      if (ProfileTable.RESERVED.contains(attribute.name())) {
        faults.add(
            "the attribute "
                + attribute.name()
                + " has a name that the store needs itself; give it another");
      } else if (present == null) {
        missing.add(attribute);
      } else if (!present.equals(catalogName(storedAs(attribute)))) {
        faults.add(
            "the attribute "
                + attribute.name()
                + " is declared as "
                + attribute.type()
                + ", but its column holds "
                + declaredAs(present)
                + "; declare it so, or give the attribute another name");
      }
    }
    if (!faults.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.Misconfigured,
          "Could not apply the attributes (PostgreSQL at "
              + database.place()
              + "): "
              + String.join("; ", faults));
    }
    return missing;
  }

  /** A column type for {@code create} and {@code alter table}; of cipher text where encrypted. */
  public static String definition(AttributeDefinition attribute) {
    return definition(storedAs(attribute));
  }

  private static AttributeType storedAs(AttributeDefinition attribute) {
    return attribute.encrypted() ? AttributeType.String : attribute.type();
  }

  /** A column type for {@code create} and {@code alter table}. */
  public static String definition(AttributeType type) {
    return switch (type) {
      case String -> "text collate \"C\"";
      case Boolean -> "boolean";
      case Integer -> "bigint";
      case Double -> "double precision";
      case Timestamp -> "timestamptz";
      case StringList -> "text[] collate \"C\"";
    };
  }

  private static String catalogName(AttributeType type) {
    return switch (type) {
      case String -> "text";
      case Boolean -> "bool";
      case Integer -> "int8";
      case Double -> "float8";
      case Timestamp -> "timestamptz";
      case StringList -> "_text";
    };
  }

  private static String declaredAs(String catalogName) {
    for (AttributeType type : AttributeType.values()) {
      if (catalogName(type).equals(catalogName)) {
        return type.toString();
      }
    }
    return "the PostgreSQL type " + catalogName;
  }
}
