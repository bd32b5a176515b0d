package dev.lettershop.store.segment;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.PlainText;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.encryption.PersonKeys;
import dev.lettershop.store.schema.ProfileTable;
import dev.lettershop.store.view.EventProperties;
import dev.lettershop.store.view.ModelOutputs;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Reads one profile, as a rule or a mail sees it. Thread-safe. */
public final class ProfileReader {

  /** Names of what to bring along. */
  public record Wanted(Set<String> attributes, Set<String> events, Set<String> models) {
    public Wanted {
      attributes = Set.copyOf(attributes);
      events = Set.copyOf(events);
      models = Set.copyOf(models);
    }
  }

  private final Database database;

  public ProfileReader(Database database) {
    this.database = database;
  }

  /**
   * Finds a profile by an identity value.
   *
   * @param kind such as {@code customer_id} or {@code email}
   */
  public Optional<Long> find(String kind, String value) {
    String compared =
        kind.equals("email") ? EmailKey.of(value).orElse(value) : PlainText.line(value);
    String stored =
        kind.equals("email") && compared.indexOf('@') < 0
            ? compared
            : database.vault().identity(kind, compared);
    return database.once(
        "find a profile",
        db ->
            db.fetchOptional(
                    "select profile_id from identity where kind = ? and value = ?", kind, stored)
                .map(r -> r.get(0, Long.class)));
  }

  /** The profile with all that a rule looks at; empty when there is none with that number. */
  public Optional<Profile> read(long id, Rule rule, ProfileSchema schema) {
    return read(id, new Wanted(rule.attributes(), rule.eventNames(), rule.models()), schema);
  }

  /** The profile with what is wanted; empty when there is none with that number. */
  public Optional<Profile> read(long id, Wanted wanted, ProfileSchema schema) {
    return database.transact(
        "read a profile",
        db -> {
          db.execute("set transaction isolation level repeatable read, read only");
          return attributes(db, id, wanted, schema)
              .map(
                  a ->
                      new Profile(
                          a,
                          events(db, id, wanted, schema),
                          ModelOutputs.read(db, List.of(id), wanted.models())
                              .getOrDefault(id, Map.of())));
        });
  }

  private Optional<Map<String, Object>> attributes(
      DSLContext db, long id, Wanted wanted, ProfileSchema schema) {
    ProfileTable table = new ProfileTable(schema, "p");
    List<Field<?>> fields = new ArrayList<>();
    fields.add(table.key());
    List<String> names = List.copyOf(wanted.attributes());
    names.forEach(name -> fields.add(table.field(name)));
    Record row = db.select(fields).from(table.table()).where(table.key().eq(id)).fetchOne();
    if (row == null) {
      return Optional.empty();
    }
    PersonKeys keys = StoredKeys.of(db, database.vault(), List.of(id));
    Map<String, Object> attributes = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Object value = keys.open(schema.attributes().get(names.get(i)), row.get(1 + i));
      if (value != null) {
        attributes.put(names.get(i), ProfileTable.inMemory(value));
      }
    }
    return Optional.of(attributes);
  }

  private static List<Event> events(DSLContext db, long id, Wanted wanted, ProfileSchema schema) {
    EventProperties properties = new EventProperties(schema);
    return db.fetch(
            """
            select name, occurred_at, properties::text from event
            where profile_id = {0} and name = any({1})
            """,
            DSL.val(id), DSL.val(wanted.events().toArray(String[]::new)))
        .map(
            r ->
                new Event(
                    r.get(0, String.class),
                    r.get(1, OffsetDateTime.class).toInstant(),
                    properties.read(r.get(0, String.class), r.get(2, String.class))));
  }
}
