package dev.lettershop.store.load.profile;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import dev.lettershop.store.schema.Migrations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * The columns of the staging table for profiles: {@code seq}, one {@code k}N for each kind of
 * identity, {@code email} and {@code email_key} (empty when it is not an address), one {@code a}N
 * for each other attribute, {@code extra}; {@code as_of}, when the record was last changed, and
 * {@code again}, whether a value of its identities may have come before.
 */
final class StagedProfiles {

  private static final Set<String> NOT_LOADED = Set.of("id", "email", "created_at", "updated_at");

  /** A function of PostgreSQL takes 100 arguments at most. */
  private static final int MOST_PAIRS = 50;

  /**
   * @param name in the staging table
   * @param target quoted name in {@code profile}
   */
  record Column(
      String attribute, String name, String target, String definition, Protection protection) {}

  private final List<String> kinds;
  private final boolean encrypted;
  private final List<Column> columns = new ArrayList<>();

  StagedProfiles(ProfileSchema schema, String identityKey, List<String> alsoMatch) {
    Set<String> distinct = new LinkedHashSet<>();
    distinct.add(identityKey);
    distinct.addAll(alsoMatch);
    this.kinds = List.copyOf(distinct);
    this.encrypted = schema.attributes().get("email").encrypted();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      if (!NOT_LOADED.contains(attribute.name())) {
        columns.add(
            new Column(
                attribute.name(),
                "a" + columns.size(),
                DSL.using(SQLDialect.POSTGRES).render(DSL.name(attribute.name())),
                Migrations.definition(attribute),
                attribute.protection()));
      }
    }
  }

  /** Kinds of identity: the source's key first. */
  List<String> kinds() {
    return kinds;
  }

  /** Whether personal data is staged as cipher text. */
  boolean encrypted() {
    return encrypted;
  }

  List<Column> columns() {
    return columns;
  }

  String definitions() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < kinds.size(); i++) {
      sql.append("k").append(i).append(" text collate \"C\", ");
    }
    sql.append("email text collate \"C\", email_key text collate \"C\", ");
    columns.forEach(c -> sql.append(c.name()).append(' ').append(c.definition()).append(", "));
    sql.append("extra jsonb, as_of timestamptz, again boolean");
    // Of what is encrypted: which key of the person has done it.
    return sql.append(encrypted ? ", lock text collate \"C\", wrapped text" : "").toString();
  }

  /** What tells the records of the source apart: their key, else what else they are known by. */
  String recordKey(String alias) {
    StringBuilder sql = new StringBuilder("coalesce(" + alias + ".k0");
    for (int i = 1; i < kinds.size(); i++) {
      sql.append(", ")
          .append(DSL.using(SQLDialect.POSTGRES).renderInlined(DSL.inline(kinds.get(i))));
      sql.append(" || '=' || ").append(alias).append(".k").append(i);
    }
    return sql.append(")").toString();
  }

  /** The attributes of a staged row as an object, without those that are not there. */
  String attributes(String alias) {
    StringBuilder sql =
        new StringBuilder(
            "jsonb_strip_nulls(jsonb_build_object('email', %1$s.email, 'email_key', %1$s.email_key)"
                .formatted(alias));
    for (int from = 0; from < columns.size(); from += MOST_PAIRS) {
      sql.append(
          columns.subList(from, Math.min(columns.size(), from + MOST_PAIRS)).stream()
              .map(c -> "'" + c.attribute() + "', " + alias + "." + c.name())
              .collect(Collectors.joining(", ", " || jsonb_build_object(", ")")));
    }
    return sql.append(")").toString();
  }

  /** One SQL term for each attribute column, each followed by a comma. */
  String each(Function<Column, String> term) {
    return columns.stream().map(c -> term.apply(c) + ", ").collect(Collectors.joining());
  }
}
