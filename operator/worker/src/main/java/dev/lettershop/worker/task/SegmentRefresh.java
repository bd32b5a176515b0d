package dev.lettershop.worker.task;

import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.Store;
import dev.lettershop.store.segment.Refreshed;
import dev.lettershop.store.segment.Segments;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreAccess;

/** Records the members of one segment. */
public final class SegmentRefresh {
  private final Secrets secrets;
  private final RunListener listener;

  public SegmentRefresh(Secrets secrets, RunListener listener) {
    this.secrets = secrets;
    this.listener = listener;
  }

  /**
   * Records who is a member now.
   *
   * @throws RunException when a Secret is missing, or the rule does not compile
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public Refreshed refresh(SegmentPlan plan, Segments.Scope scope) {
    Rule rule = new PlanRules(plan.store(), plan.segments(), plan.namespace()).segment(plan.name());
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan.store(), secrets, files)) {
      store.migrate(plan.store().schema());
      listener.migrated(plan.store().name(), store.schemaState(plan.store().schema()));
      store.mailEvents().update();
      return store
          .segments()
          .refresh(plan.namespace(), plan.name(), rule, plan.store().schema(), scope);
    }
  }
}
