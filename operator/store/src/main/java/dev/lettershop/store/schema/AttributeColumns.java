package dev.lettershop.store.schema;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.encryption.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Brings the columns of profiles to the declared attributes: adds, renames where a declaration says
 * so, widens, and drops what is asked for by name. What sources have said ({@code contribution})
 * follows.
 */
final class AttributeColumns {

  /** Types whose every value can be written in the other. */
  private static final Map<AttributeType, Set<AttributeType>> WIDER =
      Map.of(
          AttributeType.Integer, Set.of(AttributeType.Double, AttributeType.String),
          AttributeType.Double, Set.of(AttributeType.String),
          AttributeType.Boolean, Set.of(AttributeType.String),
          AttributeType.Timestamp, Set.of(AttributeType.String),
          AttributeType.String, Set.of(AttributeType.StringList));

  /** What one attribute needs. */
  sealed interface Change {}

  /** A column that is not there. */
  record Add(AttributeDefinition attribute) implements Change {}

  /** A column that has the attribute's earlier name. */
  record Rename(String from, AttributeDefinition attribute) implements Change {}

  /** A column of a narrower type. */
  record Widen(AttributeType from, AttributeDefinition attribute) implements Change {}

  /** A column that nobody needs any more. */
  record Drop(String name) implements Change {}

  private final Map<String, String> columns;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  AttributeColumns(DSLContext db, ProfileSchema schema) {
    this.columns =
        db.fetch(
                """
                select column_name, udt_name from information_schema.columns
                where table_schema = current_schema() and table_name = 'profile'
                """)
            .intoMap(r -> r.get(0, String.class), r -> r.get(1, String.class));
    for (AttributeDefinition attribute : schema.attributes().values()) {
      if (!attribute.builtIn()) {
        look(attribute, schema);
      }
    }
    schema.dropped().stream().sorted().forEach(name -> drop(name, schema));
  }

  private void look(AttributeDefinition attribute, ProfileSchema schema) {
    String name = attribute.name();
    if (ProfileTable.RESERVED.contains(name)) {
      faults.add(
          "the attribute " + name + " has a name that the store needs itself; give it another");
      return;
    }
    String former = schema.renamed().get(name);
    String present = columns.get(name);
    if (present == null && former != null && isFree(former, schema)) {
      changes.add(new Rename(former, attribute));
      present = columns.get(former);
    }
    if (present == null) {
      changes.add(new Add(attribute));
      return;
    }
    AttributeType wanted = Migrations.storedAs(attribute);
    AttributeType held = Migrations.typeOf(present);
    if (wanted == held) {
      return;
    }
    boolean wider =
        held != null
            && !attribute.encrypted()
            && WIDER.getOrDefault(held, Set.of()).contains(wanted);
    if (wider) {
      changes.add(new Widen(held, attribute));
    } else {
      faults.add(
          "the attribute "
              + name
              + " is declared as "
              + attribute.type()
              + ", but its column holds "
              + (held == null ? "the PostgreSQL type " + present : held)
              + "; declare it so, or give the attribute another name");
    }
  }

  private void drop(String name, ProfileSchema schema) {
    if (schema.attributes().containsKey(name)
        || schema.renamed().containsValue(name)
        || ProfileTable.isReserved(name)) {
      faults.add(
          "the attribute "
              + name
              + " is to be dropped, but is declared or renamed from, or the store's own; take it"
              + " out of spec.dropAttributes");
    } else if (columns.containsKey(name)) {
      changes.add(new Drop(name));
    }
  }

  private boolean isFree(String former, ProfileSchema schema) {
    return columns.containsKey(former)
        && !schema.attributes().containsKey(former)
        && !ProfileTable.isReserved(former);
  }

  /** What cannot be applied; nothing may be changed then. */
  List<String> faults() {
    return faults;
  }

  boolean areCurrent() {
    return changes.isEmpty();
  }

  /** Applies the changes, and notes them as a version of the schema. */
  void apply(DSLContext db, Vault vault) {
    if (changes.isEmpty()) {
      return;
    }
    List<String> said = new ArrayList<>();
    for (Change change : changes) {
      said.add(apply(db, vault, change));
    }
    SchemaVersions.note(db, said);
  }

  private static String apply(DSLContext db, Vault vault, Change change) {
    if (change instanceof Rename rename) {
      if (rename.attribute().encrypted()) {
        String said = rename(db, rename.from(), rename.attribute().name());
        new Resealer(db, vault, rename.attribute(), rename.from()).run();
        return said;
      }
      return rename(db, rename.from(), rename.attribute().name());
    }
    if (change instanceof Widen widen) {
      return widen(db, widen.from(), widen.attribute());
    }
    if (change instanceof Drop drop) {
      return drop(db, drop.name());
    }
    AttributeDefinition attribute = ((Add) change).attribute();
    db.execute(
        "alter table profile add column {0} " + Migrations.definition(attribute),
        DSL.name(attribute.name()));
    return "added "
        + attribute.name()
        + " as "
        + attribute.type()
        + (attribute.encrypted() ? ", encrypted" : "");
  }

  private static String drop(DSLContext db, String name) {
    db.execute("alter table profile drop column {0}", DSL.name(name));
    // No trigger sees a column go.
    db.execute("insert into change default values");
    db.execute(
        "update contribution set attributes = attributes - {0} where jsonb_exists(attributes, {0})",
        DSL.inline(name));
    db.execute("delete from encrypted_attribute where name = ?", name);
    // Declared again, it is empty: files are read again then, although they are the same.
    db.execute("delete from source_position where origin like 'file:%'");
    return "dropped " + name;
  }

  private static String rename(DSLContext db, String from, String to) {
    db.execute("alter table profile rename column {0} to {1}", DSL.name(from), DSL.name(to));
    db.execute(
        """
        update contribution
        set attributes = attributes - {0} || jsonb_build_object({1}, attributes -> {0})
        where jsonb_exists(attributes, {0})
        """,
        DSL.inline(from), DSL.inline(to));
    // Changes that were noted under the old name concern whoever reads the new one.
    db.execute("insert into change (part) values ('attributes')");
    return "renamed " + from + " to " + to;
  }

  private static String widen(DSLContext db, AttributeType from, AttributeDefinition attribute) {
    AttributeType to = attribute.type();
    String value =
        switch (from) {
          case Timestamp -> "to_jsonb({0} at time zone 'UTC') #>> '{}' || 'Z'";
          case String -> "case when {0} is null then null else array[{0}] end";
          default -> "{0}::" + (to == AttributeType.Double ? "double precision" : "text");
        };
    db.execute(
        "alter table profile alter column {0} type "
            + Migrations.definition(to)
            + " using "
            + value.replace("'{}'", "array[]::text[]"),
        DSL.name(attribute.name()));
    String said =
        switch (to) {
          case StringList -> "jsonb_build_array(attributes -> {0})";
          case String -> "to_jsonb(attributes ->> {0})";
          default -> "attributes -> {0}";
        };
    db.execute(
        "update contribution set attributes = attributes || jsonb_build_object({0}, "
            + said
            + ") where jsonb_exists(attributes, {0})",
        DSL.inline(attribute.name()));
    return "widened " + attribute.name() + " from " + from + " to " + to;
  }
}
