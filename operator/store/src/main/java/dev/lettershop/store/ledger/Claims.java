package dev.lettershop.store.ledger;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.schema.ProfileTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Takes recipients for a lease, with what is to be known of them. */
final class Claims {

  /** Rows whose time has come again. */
  private static final String DUE =
      """
      select d.profile_id from delivery d
      where d.run_id = {0} and d.next_attempt_at <= now() and d.state in ('planned', 'deferred')
        and exists (select from live)
      order by d.next_attempt_at limit {2} for update of d skip locked
      """;

  /** The next rows on the lease's way. */
  private static final String NEXT =
      """
      select d.profile_id from delivery d
      where d.run_id = {0} and d.profile_id > {3} and d.profile_id < {4} and d.state = 'planned'
        and exists (select from live)
      order by d.profile_id limit {2} for update of d skip locked
      """;

  // The lease's row is locked too: it cannot be ended by somebody else in the middle of this.
  private static final String CLAIM =
      """
      with live as (
        select from lease where id = {1} and released_at is null and expires_at > now()
        for key share),
      picked as materialized (%s),
      checked as materialized (
        select k.profile_id, case when p.id is null then 'profileGone' else %s end as reason, {5}
        from picked k
        join run r on r.id = {0}
        left join profile p on p.id = k.profile_id
        left join consent_state c on c.profile_id = k.profile_id and c.topic = r.topic),
      claimed as (
        update delivery d set
          state = case when k.reason is null then 'claimed' else 'skipped' end::delivery_state,
          reason = k.reason, lease_id = {1}, next_attempt_at = null, updated_at = now()
        from checked k
        where d.run_id = {0} and d.profile_id = k.profile_id
        returning d.profile_id, d.variant, d.attempts, d.reason, {6})
      select * from claimed
      """;

  private static final String EVENTS =
      """
      select k.id, e.name, e.occurred_at, e.properties::text
      from unnest(?::bigint[]) k(id) cross join lateral (
        select e.name, e.occurred_at, e.properties from event e
        where e.profile_id = k.id and e.name = any(?::text[])
        order by e.occurred_at desc limit ?) e
      """;

  private static final Field<Long> PROFILE_ID = DSL.field("profile_id", SQLDataType.BIGINT);
  private static final Field<String> VARIANT = DSL.field("variant", SQLDataType.CLOB);
  private static final Field<Integer> ATTEMPTS = DSL.field("attempts", SQLDataType.INTEGER);
  private static final Field<String> REASON = DSL.field("reason", SQLDataType.CLOB);

  private final Database database;
  private final Leases leases;

  Claims(Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
  }

  List<Recipient> claim(Lease lease, int limit, ProfileView view) {
    if (lease.lost()) {
      throw lease.gone();
    }
    synchronized (lease.walk()) {
      List<Recipient> recipients = take(lease, limit, view);
      if (recipients.isEmpty()) {
        if (!lease.renew()) {
          throw lease.gone();
        }
        leases.releaseExpired(lease.run());
        lease.walk().foundNothing();
        recipients = take(lease, limit, view);
      }
      return recipients;
    }
  }

  private List<Recipient> take(Lease lease, int limit, ProfileView view) {
    String doing = "claim recipients of " + lease.run().key();
    Walk walk = lease.walk();
    if (database.once(doing, db -> anyDue(db, lease))) {
      List<Recipient> due =
          database.transact(doing, db -> read(db, lease, view, pick(db, DUE, lease, limit, view)));
      if (!due.isEmpty()) {
        return due;
      }
    }
    while (!walk.ended()) {
      Taken taken =
          database.transact(
              doing,
              db -> {
                Result<Record> rows = pick(db, NEXT, lease, limit, view);
                long last = rows.stream().mapToLong(r -> r.get(PROFILE_ID)).max().orElse(0);
                return new Taken(read(db, lease, view, rows), rows.size(), last);
              });
      if (taken.rows() > 0) {
        walk.cameTo(taken.last());
      }
      if (taken.rows() < limit) {
        walk.cameToEnd();
      }
      if (!taken.recipients().isEmpty()) {
        return taken.recipients();
      }
    }
    return List.of();
  }

  private static boolean anyDue(DSLContext db, Lease lease) {
    return db.fetchSingle(
            """
            select exists (
              select from delivery where run_id = ? and next_attempt_at <= now()
                and state in ('planned', 'deferred'))
            """,
            lease.run().id())
        .get(0, Boolean.class);
  }

  private record Taken(List<Recipient> recipients, int rows, long last) {}

  private static Result<Record> pick(
      DSLContext db, String rows, Lease lease, int limit, ProfileView view) {
    List<Field<?>> columns = columns(view);
    List<Field<?>> read = new ArrayList<>();
    List<Field<?>> returned = new ArrayList<>();
    for (Field<?> column : columns) {
      String name = "v" + read.size();
      read.add(DSL.field("{0} as {1}", column.getDataType(), column, DSL.name(name)));
      returned.add(DSL.field(DSL.name("k", name), column.getDataType()));
    }
    List<Field<?>> all = new ArrayList<>(List.of(PROFILE_ID, VARIANT, ATTEMPTS, REASON));
    all.addAll(returned);
    return db.resultQuery(
            CLAIM.formatted(rows, Eligibility.ofFew("r.opt_in")),
            DSL.val(lease.run().id()),
            DSL.val(lease.id()),
            DSL.val(limit),
            DSL.val(lease.walk().after()),
            DSL.val(lease.walk().before()),
            DSL.list(read),
            DSL.list(returned))
        .coerce(all)
        .fetch();
  }

  private static List<Field<?>> columns(ProfileView view) {
    ProfileTable table = new ProfileTable(view.schema(), "p");
    List<Field<?>> columns = new ArrayList<>();
    columns.add(DSL.field(DSL.name("p", "email"), SQLDataType.CLOB));
    view.attributes().stream().sorted().forEach(name -> columns.add(table.field(name)));
    return columns;
  }

  private static List<Recipient> read(
      DSLContext db, Lease lease, ProfileView view, Result<Record> rows) {
    long skipped = rows.stream().filter(r -> r.get(REASON) != null).count();
    if (skipped > 0) {
      db.execute("update lease set skipped = skipped + ? where id = ?", skipped, lease.id());
    }
    List<Record> claimed = rows.stream().filter(r -> r.get(REASON) == null).toList();
    Map<Long, List<Event>> events = events(db, view, claimed);
    List<String> names = view.attributes().stream().sorted().toList();
    List<Recipient> recipients = new ArrayList<>(claimed.size());
    for (Record row : claimed) {
      Map<String, Object> attributes = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        Object value = row.get(5 + i);
        if (value != null) {
          attributes.put(names.get(i), ProfileTable.inMemory(value));
        }
      }
      long id = row.get(PROFILE_ID);
      recipients.add(
          new Recipient(
              id,
              row.get(VARIANT),
              row.get(ATTEMPTS),
              ((String) row.get(4)).strip(),
              new Profile(attributes, events.getOrDefault(id, List.of()))));
    }
    return recipients;
  }

  private static Map<Long, List<Event>> events(
      DSLContext db, ProfileView view, List<Record> claimed) {
    if (view.events().isEmpty() || claimed.isEmpty()) {
      return Map.of();
    }
    EventProperties properties = new EventProperties(view.schema());
    Map<Long, List<Event>> events = new HashMap<>();
    db.fetch(
            EVENTS,
            claimed.stream().map(r -> r.get(PROFILE_ID)).toArray(Long[]::new),
            view.events().toArray(String[]::new),
            ProfileView.MAX_EVENTS)
        .forEach(
            r ->
                events
                    .computeIfAbsent(r.get(0, Long.class), id -> new ArrayList<>())
                    .add(
                        new Event(
                            r.get(1, String.class),
                            r.get(2, Instant.class),
                            properties.read(r.get(1, String.class), r.get(3, String.class)))));
    return events;
  }
}
