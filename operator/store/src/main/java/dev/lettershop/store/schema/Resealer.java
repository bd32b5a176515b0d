package dev.lettershop.store.schema;

import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.encryption.PersonKeys;
import dev.lettershop.store.encryption.PersonSeal;
import dev.lettershop.store.encryption.Vault;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * Seals the values of a renamed attribute anew: what is encrypted is bound to the name of its
 * attribute, so that it cannot be passed off as another one's.
 */
final class Resealer {
  private static final int STEP = 1000;

  private final DSLContext db;
  private final Vault vault;
  private final AttributeDefinition attribute;
  private final AttributeDefinition former;

  /**
   * @param former the attribute's name before, whose values now stand under the new name
   */
  Resealer(DSLContext db, Vault vault, AttributeDefinition attribute, String former) {
    this.db = db;
    this.vault = vault;
    this.attribute = attribute;
    this.former =
        new AttributeDefinition(
            former, attribute.type(), attribute.pii(), attribute.builtIn(), attribute.protection());
  }

  void run() {
    profiles();
    contributions();
  }

  private void profiles() {
    long last = Long.MIN_VALUE;
    while (true) {
      Result<Record> rows =
          db.fetch(
              "select id, {0} from profile where id > {1} and {0} is not null order by id limit {2}",
              DSL.name(attribute.name()), DSL.val(last), DSL.val(STEP));
      if (rows.isEmpty()) {
        return;
      }
      List<String> sealed = resealed(rows);
      db.execute(
          "update profile p set {0} = n.value from unnest({1}::bigint[], {2}::text[]) n(id, value)"
              + " where p.id = n.id",
          DSL.name(attribute.name()),
          DSL.val(rows.map(r -> r.get(0, Long.class)).toArray(Long[]::new)),
          DSL.val(sealed.toArray(String[]::new)));
      last = rows.get(rows.size() - 1).get(0, Long.class);
    }
  }

  private void contributions() {
    Record last = null;
    while (true) {
      Result<Record> rows =
          db.fetch(
              """
              select profile_id, attributes ->> ?, origin, key from contribution
              where (profile_id, origin, key) > (?, ?, ?) and attributes ->> ? is not null
              order by profile_id, origin, key limit ?
              """,
              attribute.name(),
              last == null ? Long.MIN_VALUE : last.get(0),
              last == null ? 0 : last.get(2),
              last == null ? "" : last.get(3),
              attribute.name(),
              STEP);
      if (rows.isEmpty()) {
        return;
      }
      List<String> sealed = resealed(rows);
      db.execute(
          """
          update contribution c
          set attributes = c.attributes || jsonb_build_object({0}, n.value)
          from unnest({1}::bigint[], {2}::int[], {3}::text[], {4}::text[])
            n(profile_id, origin, key, value)
          where c.profile_id = n.profile_id and c.origin = n.origin and c.key = n.key
          """,
          DSL.inline(attribute.name()),
          DSL.val(rows.map(r -> r.get(0, Long.class)).toArray(Long[]::new)),
          DSL.val(rows.map(r -> r.get(2, Integer.class)).toArray(Integer[]::new)),
          DSL.val(rows.map(r -> r.get(3, String.class)).toArray(String[]::new)),
          DSL.val(sealed.toArray(String[]::new)));
      last = rows.get(rows.size() - 1);
    }
  }

  /**
   * The values of some rows under the new name, each of a profile: with its keys, and a fresh one.
   */
  private List<String> resealed(Result<Record> rows) {
    List<Long> ids = rows.map(r -> r.get(0, Long.class));
    PersonKeys keys = StoredKeys.of(db, vault, ids);
    List<String> sealed = new ArrayList<>();
    List<PersonSeal> fresh = new ArrayList<>();
    for (Record row : rows) {
      Object value = keys.open(former, row.get(1, String.class));
      if (attribute.protection() == Protection.Deterministic) {
        sealed.add(vault.deterministic(attribute.name(), value));
      } else {
        PersonSeal seal = vault.seal(row.get(0, Long.class).toString());
        sealed.add(seal.seal(attribute.name(), value));
        fresh.add(seal);
      }
    }
    if (!fresh.isEmpty()) {
      db.execute(
          """
          insert into person_key (profile_id, lock, wrapped)
          select * from unnest(?::bigint[], ?::text[], ?::text[])
          """,
          ids.toArray(Long[]::new),
          fresh.stream().map(PersonSeal::lock).toArray(String[]::new),
          fresh.stream().map(PersonSeal::wrapped).toArray(String[]::new));
    }
    return sealed;
  }
}
