package dev.lettershop.store.schema;

import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What applying declared attributes has changed, version by version. Thread-safe. */
public final class SchemaVersions {
  private static final int SHOWN_CHANGES = 20;
  private static final int SHOWN_UNDECLARED = 100;

  private final Database database;

  public SchemaVersions(Database database) {
    this.database = database;
  }

  /** Notes a version, and who did not ask for it finds it in the audit log. */
  static void note(DSLContext db, List<String> changes) {
    int version =
        db.fetchSingle(
                "insert into schema_version (changes) values (?) returning version",
                (Object) changes.toArray(String[]::new))
            .get(0, Integer.class);
    AuditLog.append(
        db, "schema.changed", "schema", null, Map.of("version", version, "changes", changes));
  }

  /** The newest version, and what is kept out of sight because the schema does not declare it. */
  public StoreSchemaStatus state(ProfileSchema schema) {
    return database.once(
        "look up the version of the attributes",
        db -> {
          Record newest =
              db.fetchOne(
                  "select version, applied_at, changes from schema_version order by version desc limit 1");
          return new StoreSchemaStatus(
              newest == null ? 0L : newest.get(0, Long.class),
              newest == null ? null : time(newest.get(1, OffsetDateTime.class)),
              newest == null ? List.of() : shown(List.of(newest.get(2, String[].class))),
              undeclared(db, schema));
        });
  }

  private static String time(OffsetDateTime at) {
    return at.withOffsetSameInstant(ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.SECONDS)
        .toInstant()
        .toString();
  }

  private static List<String> shown(List<String> changes) {
    if (changes.size() <= SHOWN_CHANGES) {
      return changes;
    }
    List<String> shown = new ArrayList<>(changes.subList(0, SHOWN_CHANGES - 1));
    shown.add("and " + (changes.size() - shown.size()) + " more");
    return shown;
  }

  private static List<String> undeclared(DSLContext db, ProfileSchema schema) {
    return db
        .fetch(
            """
            select column_name from information_schema.columns
            where table_schema = current_schema() and table_name = 'profile'
            order by column_name
            """)
        .map(row -> row.get(0, String.class))
        .stream()
        .filter(name -> !schema.attributes().containsKey(name))
        .filter(name -> !ProfileTable.isReserved(name))
        .limit(SHOWN_UNDECLARED)
        .toList();
  }
}
