package dev.lettershop.worker.execute;

import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.store.Store;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeResult;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.task.SourceUpdater;
import java.util.ArrayList;
import java.util.List;

/** Brings a run that has begun to where its mails can go out: reads sources, freezes. */
final class Preparation {
  private final PlanDocument own;
  private final List<SourcePlan> sources;
  private final SourceUpdater reading;
  private final RunListener listener;
  private final Timings timings;

  /** A run, the plan that it follows, and what was read for it. */
  record Prepared(Run run, Plan plan, List<RunReport.SyncReport> synced) {}

  /**
   * @param own the plan that this process was given
   */
  Preparation(
      PlanDocument own,
      List<SourcePlan> sources,
      SourceUpdater reading,
      RunListener listener,
      Timings timings) {
    this.own = own;
    this.sources = List.copyOf(sources);
    this.reading = reading;
    this.listener = listener;
    this.timings = timings;
  }

  /**
   * @param run begun
   * @throws RunException when a source is at fault, or the audience is larger than allowed
   */
  Prepared prepare(Store store, Run run, RunOptions options) {
    List<RunReport.SyncReport> synced = new ArrayList<>();
    Run present = run;
    if (present.state() == RunState.Created) {
      if (options.syncSources()) {
        timings.time("sync", () -> sync(store, synced));
      }
      present = freeze(store, present, options);
    }
    if (!present.planHash().equals(own.hash())) {
      listener.note(
          "the campaign has changed since this run began; it goes on with what it began with");
    }
    return new Prepared(present, followed(present, own), synced);
  }

  /**
   * What was promised when the run began is kept: content and audience come from the recorded plan.
   * How the mail travels comes from the present one, so that a wrong relay can be fixed.
   *
   * @param own the plan that this process was given
   */
  static Plan followed(Run run, PlanDocument own) {
    if (run.planHash().equals(own.hash())) {
      return own.plan();
    }
    try {
      return PlanDocument.parse(run.planJson()).plan().sentThrough(own.plan().transport());
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "The run " + run.key().name() + " cannot go on: " + e.getMessage(), e);
    }
  }

  private void sync(Store store, List<RunReport.SyncReport> synced) {
    for (SourcePlan source : sources) {
      SyncResult result = reading.read(store, source);
      synced.add(new RunReport.SyncReport(source.name(), result));
      if (!result.succeeded()) {
        throw RunException.configuration(
            result.problems().get(0)
                + "\nThe store is as it was before this source, and no mail was sent");
      }
    }
  }

  private Run freeze(Store store, Run run, RunOptions options) {
    listener.freezing();
    Run present = run;
    FreezeResult result;
    do {
      // Until the audience is decided somebody else may begin the run with another plan.
      if (present.test() != options.test()) {
        throw RunException.configuration(
            "The run "
                + run.key().name()
                + " was begun at the same time as a test and as none; give one another name");
      }
      result = freeze(store, present, followed(present, own), options);
      present = result.run();
    } while (present.state() == RunState.Created);
    listener.frozen(result.selected(), result.skipped());
    if (present.state() == RunState.Refused) {
      Plan plan = followed(present, own);
      throw RunException.tooManyRecipients(
          "Campaign/"
              + plan.campaign()
              + " spec.limits.maxRecipients is "
              + plan.maxRecipients()
              + ", and the audience has "
              + result.selected()
              + " people; no mail was sent. Raise the limit, or narrow the audience");
    }
    return present;
  }

  private FreezeResult freeze(Store store, Run run, Plan plan, RunOptions options) {
    FreezeRequest.Builder builder =
        new PlanAudience(plan, new PlanRules(plan))
            .request(!options.test() && !run.dryRun())
            .testRecipients(options.testRecipients());
    FreezeRequest request =
        options.test()
            ? builder
                .politeness(new PlanPace(plan).politeness().ofTest())
                .variants(
                    plan.variants().stream()
                        .map(v -> new FreezeRequest.VariantWeight(v.name(), v.weight()))
                        .toList())
                .build()
            : builder.build();
    store.mailEvents().update();
    return timings.time("freeze", () -> store.freezer().freeze(run, request));
  }
}
