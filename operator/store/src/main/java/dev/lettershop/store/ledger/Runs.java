package dev.lettershop.store.ledger;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The register of runs: what was asked for first, and how far it is. */
final class Runs {

  private static final String COLUMNS =
      """
      select id, namespace, campaign, name, plan_hash, plan, dry_run, test, on_uncertain,
             max_attempts, state, created_at, frozen_at, completed_at,
             cap_messages is not null as capped, purged_at, trigger_id
      from run
      """;

  private final Database database;

  Runs(Database database) {
    this.database = database;
  }

  Run begin(RunRequest request) {
    return database.transact(
        "begin the run " + request.key(),
        db -> {
          for (; ; ) {
            Optional<Run> made = insert(db, request);
            if (made.isPresent()) {
              return made.get();
            }
            Optional<Run> present = find(db, request.key(), " for update");
            if (present.isPresent() && !isNameFree(present.get(), request)) {
              Run run = resumable(present.get(), request);
              return run.state() == RunState.Created ? replanned(db, run, request) : run;
            }
            present.ifPresent(run -> remove(db, run));
          }
        });
  }

  /** A refused run never mailed anybody, and neither did a dry one. */
  private static boolean isNameFree(Run present, RunRequest request) {
    return present.state() == RunState.Refused
        || present.dryRun() && (!request.dryRun() || present.state() == RunState.Completed);
  }

  /**
   * Whoever asks for a dry run must not find himself sending, and who asks for mail to everybody
   * must not take a test for it.
   */
  private static Run resumable(Run present, RunRequest request) {
    if (present.test() && !request.test() && present.state() != RunState.Created) {
      throw new StoreException(
          StoreException.Kind.Misconfigured,
          "The run "
              + present.key()
              + " was a test, and mailed its recipients only; give the real run another name");
    }
    if (request.dryRun() && !present.dryRun() && present.state() != RunState.Completed) {
      throw new StoreException(
          StoreException.Kind.Misconfigured,
          "The run "
              + present.key()
              + " is under way and is not a dry run; give the dry run another name");
    }
    return present;
  }

  /** Nothing has been decided by the plan before the audience is: the newer one counts. */
  private static Run replanned(DSLContext db, Run present, RunRequest request) {
    db.execute(
        """
        update run set plan_hash = ?, plan = ?, test = ?, on_uncertain = ?, max_attempts = ?
        where id = ?
        """,
        request.planHash(),
        request.planJson(),
        request.test(),
        request.onUncertain().name(),
        request.maxAttempts(),
        present.id());
    return get(db, present.id());
  }

  private static Optional<Run> insert(DSLContext db, RunRequest request) {
    RunKey key = request.key();
    db.execute("select make_delivery_partition()");
    return db.fetchOptional(
            """
            insert into run (namespace, campaign, name, plan_hash, plan, dry_run, test,
                             on_uncertain, max_attempts)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (namespace, campaign, name) do nothing returning id
            """,
            key.namespace(),
            key.campaign(),
            key.name(),
            request.planHash(),
            request.planJson(),
            request.dryRun(),
            request.test(),
            request.onUncertain().name(),
            request.maxAttempts())
        .map(id -> get(db, id.get(0, Long.class)));
  }

  private static void remove(DSLContext db, Run run) {
    db.execute("delete from delivery where run_id = ?", run.id());
    db.execute("delete from lease where run_id = ?", run.id());
    db.execute("delete from run_resume where run_id = ?", run.id());
    db.execute("delete from experiment_look where run_id = ?", run.id());
    db.execute("delete from experiment where run_id = ?", run.id());
    db.execute("delete from run where id = ?", run.id());
  }

  Optional<Run> find(RunKey key) {
    return database.transact("look for the run " + key, db -> find(db, key, ""));
  }

  private static Optional<Run> find(DSLContext db, RunKey key, String lock) {
    return db.fetchOptional(
            COLUMNS + "where namespace = ? and campaign = ? and name = ?" + lock,
            key.namespace(),
            key.campaign(),
            key.name())
        .map(Runs::read);
  }

  List<Run> latest(String namespace, String campaign, int limit) {
    return database.transact(
        "list the runs of " + namespace + "/" + campaign,
        db ->
            db.fetch(
                    COLUMNS + "where namespace = ? and campaign = ? order by id desc limit ?",
                    namespace,
                    campaign,
                    limit)
                .map(Runs::read));
  }

  static Run locked(DSLContext db, long id) {
    db.execute("select from run where id = ? for update", id);
    return get(db, id);
  }

  private static Run get(DSLContext db, long id) {
    return db.fetchOptional(COLUMNS + "where id = ?", id).map(Runs::read).orElseThrow(Runs::gone);
  }

  private static StoreException gone() {
    return new StoreException(
        StoreException.Kind.Misconfigured,
        "The run is no longer there: another run of the same name took its place; begin it again");
  }

  boolean complete(Run run) {
    return database.transact(
        "complete the run " + run.key(),
        db -> {
          locked(db, run.id());
          db.execute(
              """
              update run r set state = 'Completed', completed_at = now()
              where r.id = ? and r.state = 'Frozen'
                and (r.open_until is null or r.open_until <= now()) and not exists (
                select from delivery d where d.run_id = r.id
                  and d.state in ('planned', 'claimed', 'sending', 'deferred'))
              """,
              run.id());
          return get(db, run.id()).state() == RunState.Completed;
        });
  }

  static Run read(Record r) {
    return new Run(
        r.get("id", Long.class),
        new RunKey(
            r.get("namespace", String.class),
            r.get("campaign", String.class),
            r.get("name", String.class)),
        r.get("plan_hash", String.class),
        r.get("plan", String.class),
        r.get("dry_run", Boolean.class),
        r.get("test", Boolean.class),
        UncertainPolicy.valueOf(r.get("on_uncertain", String.class)),
        r.get("max_attempts", Integer.class),
        RunState.valueOf(r.get("state", String.class)),
        r.get("created_at", Instant.class),
        r.get("frozen_at", Instant.class),
        r.get("completed_at", Instant.class),
        r.get("capped", Boolean.class),
        r.get("purged_at", Instant.class),
        r.get("trigger_id", Integer.class));
  }
}
