package dev.lettershop.store.ledger;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.ModelOutput;
import dev.lettershop.profile.Product;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.consent.MeasuringConsent;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.encryption.PersonKeys;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.pace.MailInWindow;
import dev.lettershop.store.pace.SendingHours;
import dev.lettershop.store.schema.ProfileTable;
import dev.lettershop.store.view.EventProperties;
import dev.lettershop.store.view.ModelOutputs;
import dev.lettershop.store.view.ProfileView;
import dev.lettershop.store.view.RecommendedProducts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Claims recipients for a lease and loads what rendering needs. */
final class Claims {

  /** Rows whose time has come again. */
  private static final String DUE =
      """
      select d.profile_id, d.address from delivery d
      where d.run_id = {0} and d.next_attempt_at <= now() and d.state in ('planned', 'deferred')
        and exists (select from live)
      order by d.next_attempt_at limit {2} for update of d skip locked
      """;

  /** The next rows on the lease's way. */
  private static final String NEXT =
      """
      select d.profile_id, d.address from delivery d
      where d.run_id = {0} and d.profile_id > {3} and d.profile_id < {4} and d.state = 'planned'
        and (d.next_attempt_at is null or d.next_attempt_at <= now())
        and exists (select from live)
      order by d.profile_id limit {2} for update of d skip locked
      """;

  /** Whether somebody has had as much mail meanwhile as the run's cap allows. */
  private static final String FULL_UP =
      """
      mine.cap_messages is not null and (
        select count(*) from run r join delivery d on d.run_id = r.id
          and d.profile_id = k.profile_id
        where %s and %s) >= mine.cap_messages
      """
          .formatted(
              MailInWindow.runs("mine.id", "now() - make_interval(secs => mine.cap_seconds)"),
              MailInWindow.rows(
                  "now() - make_interval(secs => mine.cap_seconds)", "mine.priority"));

  /** What cancels a triggered mail may have happened since it was planned. */
  private static final String CANCELLED =
      """
      case when mine.unless_event is not null and exists (
        select from trigger_entry t join event u on u.profile_id = t.profile_id
          and u.name = mine.unless_event
          and u.occurred_at >= t.triggered_at - make_interval(secs => mine.unless_seconds)
        where t.profile_id = k.profile_id and t.trigger_id = mine.trigger_id and t.run_id = mine.id
          and not exists (
            select from unnest(mine.unless_matching) m
            where u.properties ->> m <> t.properties ->> m)) then 'cancelled' end
      """;

  private static final String ZONE = "coalesce(z.name, mine.default_zone, 'UTC')";

  // The lease's row is locked too: it cannot be ended by somebody else in the middle of this.
  // Who waits stays as open as before, and comes up again later.
  private static final String CLAIM =
      """
      with live as (
        select from lease where id = {1} and released_at is null and expires_at > now()
        for key share),
      picked as materialized (%s),
      checked as materialized (
        select k.profile_id, k.address as was, hashtextextended(p.email_key, 0) as address,
               case when p.id is null then 'profileGone'
                    else coalesce(%s, %s, case when %s then 'frequencyCap' end) end as reason,
               greatest(
                 case when mine.quiet_from is not null then %s end,
                 b.until + random() * least(b.until - now(), interval '5 min')) as wait,
               case when mine.quiet_from is not null
                    then extract(epoch from %s - now())::double precision end as until_quiet,
               coalesce(%s, false) as measured,
               {5}
        from picked k
        join run mine on mine.id = {0}
        left join profile p on p.id = k.profile_id
        left join consent_state c on c.profile_id = k.profile_id and c.topic = mine.topic
        left join sending_zone z on z.name = p.time_zone
        left join domain_rest b on b.transport = {7} and b.until > now()
          and b.domain = split_part(p.email_key, '@', 2)),
      claimed as (
        update delivery d set
          state = case when k.reason is not null then 'skipped'::delivery_state
                       when k.wait is not null then d.state
                       else 'claimed'::delivery_state end,
          reason = k.reason,
          lease_id = case when k.reason is null and k.wait is not null then d.lease_id else {1} end,
          next_attempt_at = case when k.reason is null then k.wait end,
          address = coalesce(k.address, d.address), updated_at = now()
        from checked k
        where d.run_id = {0} and d.profile_id = k.profile_id
        returning d.profile_id, d.variant, d.attempts, d.reason, k.wait is not null,
                  k.address is distinct from k.was, k.until_quiet, k.measured, %s, {6})
      select * from claimed
      """;

  /**
   * Who has the address of somebody else whom the run has mailed, or will mail at it. Of several
   * with one address in {1} the first one has it.
   */
  private static final String DOUBLES =
      """
      update delivery d set state = 'skipped', reason = 'duplicateAddress', updated_at = now()
      from delivery o left join profile q on q.id = o.profile_id
      where d.run_id = {0} and d.profile_id = any({1}) and d.state = 'claimed' and o.run_id = d.run_id
        and o.profile_id <> d.profile_id and o.address = d.address
        and (o.profile_id <> all({1}) or o.profile_id < d.profile_id)
        and (o.state in ('claimed', 'sending', 'sent', 'uncertain')
             or o.state in ('planned', 'deferred')
                and hashtextextended(q.email_key, 0) = o.address)
      returning d.profile_id
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
  private static final Field<Boolean> WAITS = DSL.field("waits", SQLDataType.BOOLEAN);
  private static final Field<Boolean> MOVED = DSL.field("moved", SQLDataType.BOOLEAN);
  private static final Field<Double> UNTIL_QUIET = DSL.field("until_quiet", SQLDataType.DOUBLE);
  private static final Field<Boolean> MEASURED = DSL.field("measured", SQLDataType.BOOLEAN);
  private static final Field<Boolean> LISTS = DSL.field("lists", SQLDataType.BOOLEAN);
  private static final List<Field<?>> FIXED =
      List.of(PROFILE_ID, VARIANT, ATTEMPTS, REASON, WAITS, MOVED, UNTIL_QUIET, MEASURED, LISTS);

  private final Database database;
  private final Leases leases;

  Claims(Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
  }

  /**
   * @param transport whose resting domains are left alone, or null
   */
  List<Recipient> claim(Lease lease, int limit, ProfileView view, String transport) {
    if (lease.lost()) {
      throw lease.gone();
    }
    synchronized (lease.walk()) {
      Wanted wanted = new Wanted(limit, view, transport);
      List<Recipient> recipients = take(lease, wanted);
      if (recipients.isEmpty()) {
        if (!lease.renew()) {
          throw lease.gone();
        }
        leases.releaseExpired(lease.run());
        lease.walk().foundNothing();
        recipients = take(lease, wanted);
      }
      return recipients;
    }
  }

  private record Wanted(int limit, ProfileView view, String transport) {}

  private List<Recipient> take(Lease lease, Wanted wanted) {
    String doing = "claim recipients of " + lease.run().key();
    LeaseCursor walk = lease.walk();
    if (database.once(doing, db -> anyDue(db, lease))) {
      List<Recipient> due =
          database.transact(
              doing, db -> read(db, lease, wanted.view(), pick(db, DUE, lease, wanted)));
      if (!due.isEmpty()) {
        return due;
      }
    }
    while (!walk.ended()) {
      Taken taken =
          database.transact(
              doing,
              db -> {
                Result<Record> rows = pick(db, NEXT, lease, wanted);
                long last = rows.stream().mapToLong(r -> r.get(PROFILE_ID)).max().orElse(0);
                return new Taken(read(db, lease, wanted.view(), rows), rows.size(), last);
              });
      if (taken.rows() > 0) {
        walk.cameTo(taken.last());
      }
      if (taken.rows() < wanted.limit()) {
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

  private Result<Record> pick(DSLContext db, String rows, Lease lease, Wanted wanted) {
    if (lease.run().capped()) {
      // One after the other, so that each sees what the others have claimed.
      db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/cap', 0))");
    }
    List<Field<?>> columns = columns(wanted.view());
    List<Field<?>> read = new ArrayList<>();
    List<Field<?>> returned = new ArrayList<>();
    for (Field<?> column : columns) {
      String name = "v" + read.size();
      read.add(DSL.field("{0} as {1}", column.getDataType(), column, DSL.name(name)));
      returned.add(DSL.field(DSL.name("k", name), column.getDataType()));
    }
    List<Field<?>> all = new ArrayList<>(FIXED);
    all.addAll(returned);
    return db.resultQuery(
            CLAIM.formatted(
                rows,
                CANCELLED,
                Eligibility.ofFew(database.vault(), "mine.topic", "mine.opt_in"),
                FULL_UP,
                SendingHours.quietEnd("now()", ZONE, "mine.quiet_from", "mine.quiet_to"),
                SendingHours.next("now()", ZONE, "mine.quiet_from"),
                MeasuringConsent.sql("p", "mine.opens_topic"),
                ListedAddresses.ANY),
            DSL.val(lease.run().id()),
            DSL.val(lease.id()),
            DSL.val(wanted.limit()),
            DSL.val(lease.walk().after()),
            DSL.val(lease.walk().before()),
            DSL.list(read),
            DSL.list(returned),
            DSL.val(wanted.transport(), SQLDataType.CLOB))
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

  private List<Recipient> read(DSLContext db, Lease lease, ProfileView view, Result<Record> rows) {
    Vault vault = database.vault();
    Set<Long> doubles = doubles(db, lease.run(), rows);
    List<Record> open =
        rows.stream()
            .filter(r -> r.get(REASON) == null && !r.get(WAITS))
            .filter(r -> !doubles.contains(r.get(PROFILE_ID)))
            .toList();
    PersonKeys keys = StoredKeys.of(db, vault, open.stream().map(r -> r.get(PROFILE_ID)).toList());
    Map<String, ProfileSchema.AttributeDefinition> schema = view.schema().attributes();
    Map<Long, String> addresses = new HashMap<>();
    for (Record row : open) {
      String address = (String) keys.open(schema.get("email"), row.get(FIXED.size()));
      addresses.put(row.get(PROFILE_ID), address.strip());
    }
    Set<Long> listed =
        open.isEmpty() || !open.get(0).get(LISTS)
            ? Set.of()
            : ListedAddresses.skip(db, lease.run(), addresses);
    List<Record> claimed = open.stream().filter(r -> !listed.contains(r.get(PROFILE_ID))).toList();
    long skipped =
        doubles.size() + listed.size() + rows.stream().filter(r -> r.get(REASON) != null).count();
    if (skipped > 0) {
      db.execute("update lease set skipped = skipped + ? where id = ?", skipped, lease.id());
    }
    Map<Long, List<Event>> events = events(db, view, claimed);
    List<Long> ids = claimed.stream().map(r -> r.get(PROFILE_ID)).toList();
    Map<Long, Recipient.Cause> causes = Causes.of(db, lease.run(), view, ids);
    Map<Long, Map<String, ModelOutput>> models = ModelOutputs.read(db, ids, view.models());
    Map<Long, List<Product>> recommended =
        RecommendedProducts.read(db, ids, view.recommendations());
    List<String> names = view.attributes().stream().sorted().toList();
    List<Recipient> recipients = new ArrayList<>(claimed.size());
    for (Record row : claimed) {
      Map<String, Object> attributes = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        Object value = keys.open(schema.get(names.get(i)), row.get(FIXED.size() + 1 + i));
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
              addresses.get(id),
              new Profile(
                  attributes,
                  events.getOrDefault(id, List.of()),
                  models.getOrDefault(id, Map.of())),
              row.get(MEASURED),
              untilQuiet(row),
              causes.get(id),
              recommended.getOrDefault(id, List.of())));
    }
    return recipients;
  }

  private static Duration untilQuiet(Record row) {
    Double seconds = row.get(UNTIL_QUIET);
    return seconds == null ? null : Duration.ofMillis((long) (seconds * 1000));
  }

  /**
   * Skips those who have, since the audience was decided, come by an address that the run mails
   * anyway. Unchanged addresses need no look: the audience holds each once.
   */
  private static Set<Long> doubles(DSLContext db, Run run, Result<Record> rows) {
    Long[] moved =
        rows.stream()
            .filter(r -> r.get(MOVED) && r.get(REASON) == null && !r.get(WAITS))
            .map(r -> r.get(PROFILE_ID))
            .toArray(Long[]::new);
    if (moved.length == 0) {
      return Set.of();
    }
    db.execute(
        "select pg_advisory_xact_lock(hashtextextended(?, 0))", "lettershop/address/" + run.id());
    return new HashSet<>(
        db.resultQuery(DOUBLES, DSL.val(run.id()), DSL.val(moved))
            .fetch(r -> r.get(0, Long.class)));
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
