package dev.lettershop.store.schema;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import dev.lettershop.store.database.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Which columns hold cipher texts. An attribute may become encrypted, or cease to be, only while
 * nobody has a value of it: clear text and cipher text never stand in one column.
 */
final class EncryptedColumns {
  private final DSLContext db;
  private final ProfileSchema schema;
  private final String place;

  /**
   * @param place of the database, for messages
   */
  EncryptedColumns(DSLContext db, ProfileSchema schema, String place) {
    this.db = db;
    this.schema = schema;
    this.place = place;
  }

  /** Whether the table says of every attribute what the schema says. */
  boolean areKnown() {
    Map<String, Boolean> known = known();
    return schema.attributes().values().stream().allMatch(a -> agrees(a, known.get(a.name())));
  }

  private Map<String, Boolean> known() {
    return db.fetch("select name, deterministic from encrypted_attribute")
        .intoMap(r -> r.get(0, String.class), r -> r.get(1, Boolean.class));
  }

  private static boolean agrees(AttributeDefinition attribute, Boolean deterministic) {
    return attribute.encrypted()
        ? deterministic != null
            && deterministic == (attribute.protection() == Protection.Deterministic)
        : deterministic == null;
  }

  /**
   * Makes the table say what the schema says.
   *
   * @throws StoreException when that would put clear text and cipher text into one column
   */
  void record() {
    Map<String, Boolean> known = known();
    List<String> faults = new ArrayList<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      String column = column(attribute.name());
      boolean agrees = agrees(attribute, known.get(column));
      if (!agrees && isUsed(column)) {
        faults.add(fault(attribute));
      } else if (!agrees || !column.equals(attribute.name())) {
        write(attribute, column, agrees);
      }
    }
    if (!faults.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.Misconfigured,
          "Could not apply the encryption (PostgreSQL at "
              + place
              + "): "
              + String.join("; ", faults));
    }
  }

  private static String fault(AttributeDefinition attribute) {
    return switch (attribute.protection()) {
      case Clear ->
          "profiles hold cipher texts of "
              + attribute.name()
              + ", which is declared to be in clear; declare it with pii: true and keep"
              + " spec.encryption";
      case Encrypted, Deterministic ->
          "profiles hold other values of "
              + attribute.name()
              + " than it is declared to be encrypted to; encryption can begin, or become"
              + " deterministic, only while no profile has a value: declare another attribute, or"
              + " load the sources into an empty database";
    };
  }

  /** Where its values are now: under the name it had before, when it is about to be renamed. */
  private String column(String attribute) {
    String former = schema.renamed().get(attribute);
    return former != null
            && !schema.attributes().containsKey(former)
            && !ProfileTable.isReserved(former)
            && !hasColumn(attribute)
            && hasColumn(former)
        ? former
        : attribute;
  }

  private boolean isUsed(String attribute) {
    return hasColumn(attribute)
        && db.fetchSingle(
                "select exists (select from profile where {0} is not null)", DSL.name(attribute))
            .get(0, Boolean.class);
  }

  private boolean hasColumn(String attribute) {
    return db.fetchSingle(
            """
            select exists (select from information_schema.columns
              where table_schema = current_schema() and table_name = 'profile' and column_name = ?)
            """,
            attribute)
        .get(0, Boolean.class);
  }

  private void write(AttributeDefinition attribute, String column, boolean agrees) {
    if (!agrees && hasColumn(column)) {
      // Nobody has a value of it.
      db.execute(
          "alter table profile alter column {0} type "
              + Migrations.definition(attribute)
              + " using null",
          DSL.name(column));
    }
    if (!column.equals(attribute.name())) {
      db.execute("delete from encrypted_attribute where name = ?", column);
    }
    if (attribute.encrypted()) {
      db.execute(
          """
          insert into encrypted_attribute (name, deterministic) values (?, ?)
          on conflict (name) do update set deterministic = excluded.deterministic
          """,
          attribute.name(),
          attribute.protection() == Protection.Deterministic);
    } else {
      db.execute("delete from encrypted_attribute where name = ?", attribute.name());
    }
  }
}
