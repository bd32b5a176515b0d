package dev.lettershop.store.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.ProfileMergeLock;
import dev.lettershop.store.hit.LinkTarget;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.store.ledger.SkipReason;
import dev.lettershop.store.pace.ContactPolicy;
import dev.lettershop.store.rule.RuleSql;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Decides a run's audience, exactly once. Thread-safe. */
public final class AudienceFreezer {

  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private final Database database;

  /** What the request's rules mean over the profile {@code p}. */
  record Members(List<Condition> include, List<Condition> exclude) {}

  /** The figures of an audience, as the run keeps them. */
  private record Figures(long selected, Map<String, Long> skipped) {}

  public AudienceFreezer(Database database) {
    this.database = database;
  }

  /**
   * Decides who is mailed and who is not, unless that was done before; then nothing changes. When
   * several processes do it at once, one decides and the others wait for it.
   *
   * @param request what the plan of {@code run} asks for
   * @return the run as it is now: Frozen, Completed, or Refused when more people than {@code
   *     maxRecipients} would be mailed. Still Created when somebody began it again with another
   *     plan: nothing was decided then, and it has to be called again with what the recorded plan
   *     asks for
   * @throws dev.lettershop.store.database.StoreException when the run is no longer there
   */
  public FreezeResult freeze(Run run, FreezeRequest request) {
    RuleSql rules = new RuleSql(request.schema(), database.vault());
    return freeze(
        run,
        request,
        now ->
            new Members(
                request.include().stream().map(rule -> rules.condition(rule, now)).toList(),
                request.exclude().stream().map(rule -> rules.condition(rule, now)).toList()));
  }

  FreezeResult freeze(
      Run run, FreezeRequest request, Function<Field<OffsetDateTime>, Members> members) {
    return database.transact(
        "freeze the audience of " + run.key(),
        db -> {
          Run present = Ledger.locked(db, run);
          if (present.state() != RunState.Created) {
            return result(present, figures(db, present), true);
          }
          if (!present.planHash().equals(run.planHash()) || present.test() != run.test()) {
            return result(present, new Figures(0, Map.of()), false);
          }
          Figures figures = decide(db, present, request, members);
          boolean tooMany =
              request.maxRecipients() != null && figures.selected() > request.maxRecipients();
          if (tooMany) {
            db.execute("rollback to savepoint undecided");
          }
          write(db, present, request, figures, tooMany ? RunState.Refused : RunState.Frozen);
          if (!tooMany) {
            links(db, present.id(), request);
            PlannedExperiment.write(db, present.id(), request);
          }
          return result(Ledger.locked(db, run), figures, false);
        });
  }

  private Figures decide(
      DSLContext db,
      Run run,
      FreezeRequest request,
      Function<Field<OffsetDateTime>, Members> members) {
    db.execute("savepoint undecided");
    db.execute("set local jit = off");
    db.execute("set local work_mem = '128MB'");
    // Merging profiles waits until this is decided, and this until they are merged: nobody's row
    // stands for a profile that is gone meanwhile.
    db.execute(ProfileMergeLock.SHARED);
    Field<OffsetDateTime> now = now(db);
    Members audience = members.apply(now);
    db.execute(
        new AudienceSql(run, request, database.vault(), now)
            .insert(audience.include(), audience.exclude()));
    Map<String, Long> skipped = new TreeMap<>();
    long selected = 0;
    long rows = 0;
    for (var row :
        db.fetch("select reason, count(*) from delivery where run_id = ? group by 1", run.id())) {
      long people = row.get(1, Long.class);
      rows += people;
      if (row.get(0) == null) {
        selected = people;
      } else {
        skipped.put(row.get(0, String.class), people);
      }
    }
    long profiles = db.fetchSingle("select count(*) from profile").get(0, Long.class);
    // Profiles may have come since; it is a figure, not a decision.
    skipped.put(SkipReason.NotInAudience.key(), Math.max(0, profiles - rows));
    partition(db, run).ifPresent(name -> db.execute("analyze {0}", DSL.name(name)));
    return new Figures(selected, skipped);
  }

  /** Where the run's rows are: one month's deliveries. Empty when it has none. */
  private static Optional<String> partition(DSLContext db, Run run) {
    return db.fetchOptional(
            "select tableoid::regclass::text from delivery where run_id = ? limit 1", run.id())
        .map(row -> row.get(0, String.class));
  }

  /** The transaction's time, as a value: constants help the planner. */
  private static Field<OffsetDateTime> now(DSLContext db) {
    return DSL.val(
        db.fetchSingle("select now()").get(0, OffsetDateTime.class),
        SQLDataType.TIMESTAMPWITHTIMEZONE(6));
  }

  private static void write(
      DSLContext db, Run run, FreezeRequest request, Figures figures, RunState state) {
    ContactPolicy politeness = request.politeness();
    ContactPolicy.Cap cap = politeness.cap();
    ContactPolicy.Quiet quiet = politeness.quiet();
    db.execute(
        """
        update run set state = ?, topic = ?, opt_in = ?, audience = ?::jsonb,
               frozen_at = case when ? then now() end, priority = ?, cap_messages = ?,
               cap_seconds = ?, quiet_from = ?::time, quiet_to = ?::time, default_zone = ?,
               opens_topic = ?, goal_event = ?, goal_seconds = ?, goal_value = ?
        where id = ?
        """,
        state.name(),
        request.topic(),
        request.optIn().name(),
        json(figures),
        state == RunState.Frozen,
        politeness.priority(),
        cap == null ? null : cap.messages(),
        cap == null ? null : cap.per().toSeconds(),
        quiet == null ? null : quiet.from(),
        quiet == null ? null : quiet.to(),
        politeness.defaultZone(),
        request.opensTopic(),
        request.goal() == null ? null : request.goal().event(),
        request.goal() == null ? null : request.goal().within().toSeconds(),
        request.goal() == null ? null : request.goal().value(),
        run.id());
  }

  /** Stores all that a run's mails may ever redirect to. */
  public static void links(DSLContext db, long runId, FreezeRequest request) {
    for (LinkTarget link : request.links()) {
      db.execute(
          "insert into link (run_id, number, template, address) values (?, ?, ?, ?)",
          runId,
          link.number(),
          link.template(),
          link.address().toArray(String[]::new));
    }
  }

  private static FreezeResult result(Run run, Figures figures, boolean already) {
    return new FreezeResult(run, figures.selected(), figures.skipped(), already);
  }

  private static Figures figures(DSLContext db, Run run) {
    String json =
        db.fetchSingle("select audience::text from run where id = ?", run.id())
            .get(0, String.class);
    try {
      return JSON.readValue(json, new TypeReference<Figures>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The figures of run " + run.id() + " cannot be read", e);
    }
  }

  private static String json(Figures figures) {
    try {
      return JSON.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Figures are plain data and must serialise", e);
    }
  }
}
