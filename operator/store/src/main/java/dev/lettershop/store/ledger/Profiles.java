package dev.lettershop.store.ledger;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.schema.EmailKey;
import dev.lettershop.store.schema.ProfileTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Single profiles, for people who look at one. */
public final class Profiles {
  private static final String EVENTS =
      """
      select name, occurred_at, properties::text from event
      where profile_id = ? and name = any(?::text[]) order by occurred_at desc limit ?
      """;

  private final Database database;

  public Profiles(Database database) {
    this.database = database;
  }

  /**
   * The profile with an id or an address.
   *
   * @param idOrEmail the key as a number, or an address as somebody would write it
   */
  public Optional<Profile> find(String idOrEmail, ProfileView view) {
    ProfileTable table = new ProfileTable(view.schema(), "p");
    Optional<Condition> wanted = wanted(idOrEmail.strip(), table);
    return wanted.isEmpty()
        ? Optional.empty()
        : database.transact("look a profile up", db -> read(db, table, wanted.get(), view));
  }

  private static Optional<Condition> wanted(String idOrEmail, ProfileTable table) {
    if (idOrEmail.matches("\\d{1,18}")) {
      return Optional.of(table.key().eq(Long.valueOf(idOrEmail)));
    }
    return EmailKey.of(idOrEmail).map(key -> table.emailKey().eq(key));
  }

  private static Optional<Profile> read(
      DSLContext db, ProfileTable table, Condition wanted, ProfileView view) {
    List<String> names = view.attributes().stream().sorted().toList();
    List<Field<?>> columns = new ArrayList<>();
    columns.add(table.key().as("key"));
    for (String name : names) {
      columns.add(table.field(name).as("v" + columns.size()));
    }
    Record row = db.select(columns).from(table.table()).where(wanted).fetchAny();
    if (row == null) {
      return Optional.empty();
    }
    Map<String, Object> attributes = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Object value = row.get(i + 1);
      if (value != null) {
        attributes.put(names.get(i), ProfileTable.inMemory(value));
      }
    }
    return Optional.of(new Profile(attributes, events(db, (Long) row.get(0), view)));
  }

  private static List<Event> events(DSLContext db, Long profile, ProfileView view) {
    if (view.events().isEmpty()) {
      return List.of();
    }
    EventProperties properties = new EventProperties(view.schema());
    return db.fetch(EVENTS, profile, view.events().toArray(String[]::new), ProfileView.MAX_EVENTS)
        .map(
            r ->
                new Event(
                    r.get(0, String.class),
                    r.get(1, Instant.class),
                    properties.read(r.get(0, String.class), r.get(2, String.class))));
  }
}
