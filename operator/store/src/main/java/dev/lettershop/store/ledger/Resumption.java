package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreException;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Takes a run up again for those whom it missed. */
final class Resumption {

  // Who failed because the address is refused would fail again. Figures of leases follow the rows.
  private static final String REOPEN =
      """
      with missed as materialized (
        select profile_id, lease_id, state from delivery
        where run_id = {0}
          and (state = 'failed' and coalesce(reason, '') <> 'addressRejected'
               or {1} and state = 'uncertain')
        for update),
      reopened as (
        update delivery d set state = 'planned', attempts = 0, lease_id = null, code = null,
               reason = null, next_attempt_at = now(), updated_at = now()
        from missed m where d.run_id = {0} and d.profile_id = m.profile_id
        returning m.lease_id, m.state),
      figures as (
        update lease l set failed = l.failed - r.failed, uncertain = l.uncertain - r.uncertain
        from (select lease_id, count(*) filter (where state = 'failed') as failed,
                     count(*) filter (where state = 'uncertain') as uncertain
              from reopened where lease_id is not null group by 1) r
        where l.id = r.lease_id)
      select count(*) from reopened
      """;

  private final Database database;

  Resumption(Database database) {
    this.database = database;
  }

  long resume(Run run, String name, boolean uncertain) {
    return database.transact(
        "take up again the run " + run.key(),
        db -> {
          Run present = Runs.locked(db, run.id());
          if (present.purgedAt() != null) {
            throw new StoreException(
                StoreException.Kind.Misconfigured,
                "The run "
                    + run.key()
                    + " is past the store's retention.deliveries: who was missed is not known any"
                    + " more, so it cannot be taken up again");
          }
          boolean begun =
              present.state() == RunState.Frozen || present.state() == RunState.Completed;
          if (!begun || isDone(db, run, name)) {
            return 0L;
          }
          long reopened =
              db.resultQuery(REOPEN, DSL.val(run.id()), DSL.val(uncertain))
                  .fetchSingle()
                  .get(0, Long.class);
          db.execute(
              "insert into run_resume (run_id, name, reopened) values (?, ?, ?)",
              run.id(),
              name,
              reopened);
          if (reopened > 0) {
            db.execute(
                "update run set state = 'Frozen', completed_at = null where id = ?", run.id());
          }
          return reopened;
        });
  }

  private static boolean isDone(DSLContext db, Run run, String name) {
    return db.fetchSingle(
            "select exists (select from run_resume where run_id = ? and name = ?)", run.id(), name)
        .get(0, Boolean.class);
  }
}
