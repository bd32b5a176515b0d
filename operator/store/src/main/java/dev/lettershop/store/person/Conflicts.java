package dev.lettershop.store.person;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.encryption.PersonKeys;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;

/** Attributes of which records of sources say different things. Thread-safe. */
public final class Conflicts {
  private final Database database;

  public Conflicts(Database database) {
    this.database = database;
  }

  /**
   * Lists them by profile.
   *
   * @param profileId null for all profiles
   * @param limit at most so many
   */
  public List<Conflict> list(ProfileSchema schema, Long profileId, int limit) {
    List<Conflict> conflicts = new ArrayList<>();
    List<Conflict> page;
    Conflict last = null;
    do {
      page = page(schema, profileId, last, limit);
      for (Conflict conflict : page) {
        last = conflict;
        // Two cipher texts can be of one value.
        if (conflicts.size() < limit
            && conflict.voices().stream().map(Conflict.Voice::value).distinct().count() > 1) {
          conflicts.add(conflict);
        }
      }
    } while (page.size() == limit && conflicts.size() < limit);
    return conflicts;
  }

  private List<Conflict> page(ProfileSchema schema, Long profileId, Conflict after, int limit) {
    return database.once(
        "look for conflicts",
        db -> {
          Map<List<Object>, Result<Record>> found =
              db.fetch(
                      """
                      with conflict as (
                        select c.profile_id, a.key
                        from contribution c cross join lateral jsonb_each(c.attributes) a
                        where a.key <> 'email_key' and (?::bigint is null or c.profile_id = ?)
                          and (c.profile_id, a.key) > (?, ?)
                        group by c.profile_id, a.key having count(distinct a.value) > 1
                        order by 1, 2 limit ?)
                      select f.profile_id, f.key, o.source, o.precedence, c.as_of,
                        (c.attributes -> f.key)::text
                      from conflict f
                      join contribution c
                        on c.profile_id = f.profile_id and jsonb_exists(c.attributes, f.key)
                      join origin o on o.id = c.origin
                      order by 1, 2, o.precedence desc, c.as_of desc nulls last, o.source desc,
                        c.read desc
                      """,
                      profileId,
                      profileId,
                      after == null ? Long.MIN_VALUE : after.profileId(),
                      after == null ? "" : after.attribute(),
                      limit)
                  .intoGroups(r -> List.of(r.get(0, Long.class), r.get(1, String.class)));
          PersonKeys keys = keys(db, found);
          List<Conflict> conflicts = new ArrayList<>();
          found.forEach(
              (attribute, rows) -> {
                String name = (String) attribute.get(1);
                AttributeDefinition definition = schema.attributes().get(name);
                conflicts.add(
                    new Conflict(
                        (Long) attribute.get(0),
                        name,
                        rows.map(row -> voice(row, definition, keys))));
              });
          return conflicts;
        });
  }

  private PersonKeys keys(DSLContext db, Map<List<Object>, ?> found) {
    return StoredKeys.of(
        db,
        database.vault(),
        found.keySet().stream().map(attribute -> (Long) attribute.get(0)).distinct().toList());
  }

  private static Conflict.Voice voice(Record row, AttributeDefinition attribute, PersonKeys keys) {
    JsonNode stored = PersonRows.tree(row.get(5, String.class));
    OffsetDateTime asOf = row.get(4, OffsetDateTime.class);
    return new Conflict.Voice(
        row.get(2, String.class),
        row.get(3, Integer.class),
        asOf == null ? null : asOf.toInstant(),
        attribute != null && attribute.encrypted()
            ? PersonRows.ofValue(keys.open(attribute, stored.textValue()))
            : stored);
  }
}
