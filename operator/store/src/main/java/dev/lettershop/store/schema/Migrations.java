package dev.lettershop.store.schema;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Brings the tables to what this version and a declared schema need. */
public final class Migrations {

  /** The newest migration. */
  static final String LATEST = "V1__schema.sql";

  private static final String LOCATION = "dev/lettershop/store/schema/migration";
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
   *     the store needs itself; a privilege is missing; or the tables come from a build that cannot
   *     be upgraded
   */
  public void apply(ProfileSchema schema) {
    // A session of its own: the lock must span the transactions of Flyway and ours.
    try (Connection session = database.session(DOING)) {
      DSLContext db = Database.using(session);
      // Most of the time there is nothing to do, and Flyway takes its time to find that out.
      if (isLatest(db)
          && new EncryptedColumns(db, schema, database.place()).areKnown()
          && columns(db, schema).areCurrent()
          && TimeZones.areCurrent(db)
          && rolesAreGranted(db)) {
        return;
      }
      db.execute("set lock_timeout = '5min'");
      db.execute("select pg_advisory_lock(hashtextextended('lettershop/migrate', 0))");
      // Where the privilege is missing, Flyway would try again for many seconds; it is not needed
      // when somebody else made the schema.
      if (db.fetchSingle("select to_regnamespace(?)::text", Database.SCHEMA).get(0) == null) {
        db.execute("create schema {0}", DSL.name(Database.SCHEMA));
      }
      migrateTables();
      session.setAutoCommit(false);
      new EncryptedColumns(db, schema, database.place()).record();
      if (!TimeZones.areCurrent(db)) {
        TimeZones.write(db);
      }
      db.execute("select grant_roles()");
      // Last, because it writes to the audit log.
      columns(db, schema).apply(db, database.vault());
      session.commit();
    } catch (FlywayException | DataAccessException | SQLException e) {
      throw database.failure(DOING, e);
    }
  }

  private static boolean isLatest(DSLContext db) {
    return db.fetchSingle("select to_regclass(?)::text", HISTORY).get(0) != null
        && db.fetchSingle(
                "select exists (select from {0} where script = {1} and checksum = {2} and success)",
                DSL.name(HISTORY), DSL.val(LATEST), DSL.val(checksum(LATEST)))
            .get(0, Boolean.class);
  }

  /** An administrator may have made the role after the tables. */
  private static boolean rolesAreGranted(DSLContext db) {
    return db.fetchSingle(
            """
            select coalesce(
              has_table_privilege(to_regrole('lettershop_collector'), 'intake', 'insert'), true)
            """)
        .get(0, Boolean.class);
  }

  /** What Flyway notes of a migration: the CRC-32 of its lines. */
  private static int checksum(String script) {
    CRC32 checksum = new CRC32();
    try (InputStream file =
            Migrations.class.getClassLoader().getResourceAsStream(LOCATION + "/" + script);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) checksum.getValue();
  }

  private void migrateTables() {
    try {
      flyway().migrate();
    } catch (FlywayValidateException e) {
      throw new StoreException(
          StoreException.Kind.Misconfigured,
          "Could not "
              + DOING
              + " (PostgreSQL at "
              + database.place()
              + "): its tables come from a build that this version cannot upgrade; use an empty"
              + " database, or drop the schema "
              + Database.SCHEMA
              + " with all that it holds and read the sources again",
          e);
    }
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas(Database.SCHEMA)
        .defaultSchema(Database.SCHEMA)
        .createSchemas(false)
        .table(HISTORY)
        .locations("classpath:" + LOCATION)
        .cleanDisabled(true)
        .loggers("slf4j")
        .load();
  }

  private AttributeColumns columns(DSLContext db, ProfileSchema schema) {
    AttributeColumns columns = new AttributeColumns(db, schema);
    if (!columns.faults().isEmpty()) {
      throw new StoreException(
          StoreException.Kind.Misconfigured,
          "Could not apply the attributes (PostgreSQL at "
              + database.place()
              + "): "
              + String.join("; ", columns.faults()));
    }
    return columns;
  }

  /** A column type for {@code create} and {@code alter table}; of cipher text where encrypted. */
  public static String definition(AttributeDefinition attribute) {
    return definition(storedAs(attribute));
  }

  static AttributeType storedAs(AttributeDefinition attribute) {
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

  /** The type whose columns PostgreSQL calls so, or null. */
  static AttributeType typeOf(String catalogName) {
    for (AttributeType type : AttributeType.values()) {
      if (catalogName(type).equals(catalogName)) {
        return type;
      }
    }
    return null;
  }
}
