package dev.lettershop.worker.report;

import dev.lettershop.insight.report.Report;
import dev.lettershop.insight.report.ReportBuilder;
import dev.lettershop.insight.report.RunFacts;
import dev.lettershop.insight.report.Terms;
import dev.lettershop.insight.report.Trial;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.experiment.ExperimentState;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.worker.RunException;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;

/** Makes reports of the runs of a store. What a run did is told by the plan that it followed. */
public final class ReportTask {
  private static final int LATEST_RUNS = 50;

  private final Store store;
  private final Clock clock;

  /**
   * @param store with its tables up to date
   */
  public ReportTask(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A report, and the mails that the run sent with the figures of their links. */
  public record Made(Report report, List<Miniature> mails) {
    public Made {
      mails = List.copyOf(mails);
    }

    /** The page, which needs no server and no network. */
    public String page() {
      return ReportPage.of(report, mails);
    }
  }

  /**
   * The newest run of a campaign that is neither a test nor a dry run and whose audience was
   * decided.
   *
   * @throws RunException when there is none
   */
  public Run latest(String namespace, String campaign) {
    return store.ledger().runs(namespace, campaign, LATEST_RUNS).stream()
        .filter(run -> !run.test() && !run.dryRun() && run.frozenAt() != null)
        .findFirst()
        .orElseThrow(
            () ->
                RunException.configuration(
                    "Campaign/" + campaign + " has no run yet that mailed anybody"));
  }

  /**
   * A run by its name.
   *
   * @throws RunException when there is none, or its audience was not decided yet
   */
  public Run named(String namespace, String campaign, String name) {
    RunKey key = new RunKey(namespace, campaign, name);
    Run run =
        store
            .ledger()
            .find(key)
            .orElseThrow(
                () ->
                    RunException.configuration(
                        "Campaign/" + campaign + " has no run \"" + name + "\""));
    if (run.frozenAt() == null) {
      throw RunException.configuration(
          "The run " + key + " has no audience yet; ask again when it has begun");
    }
    return run;
  }

  /**
   * The report of a run.
   *
   * @param other to compare with; null for none
   * @throws RunException when retention has removed what there was to tell
   */
  public Made make(Run run, Run other) {
    Plan plan = PlanDocument.parse(kept(run).planJson()).plan();
    RunFacts compared = other == null ? null : facts(kept(other));
    RunFacts facts = facts(run);
    Report report =
        new ReportBuilder(facts, terms(plan, trial(run, plan, facts), compared))
            .build(clock.instant());
    return new Made(report, new MailMiniature(plan, run.frozenAt()).all(report));
  }

  private static Run kept(Run run) {
    if (run.purgedAt() != null) {
      throw RunException.configuration(
          "What became of the recipients of "
              + run.key()
              + " was removed by spec.retention.deliveries of the ProfileStore");
    }
    return run;
  }

  private RunFacts facts(Run run) {
    Plan plan = PlanDocument.parse(run.planJson()).plan();
    return store.reports().facts(run, List.copyOf(new TreeSet<>(plan.segments().keySet())));
  }

  /** Null when nothing was tried out and the campaign has no goal. */
  private Trial trial(Run run, Plan plan, RunFacts facts) {
    if (plan.variants().isEmpty() && facts.goal() == null) {
      return null;
    }
    if (facts.goal() != null) {
      store.conversions().update();
    }
    return new Trial(
        store.experiments().answers(run).stream()
            .map(
                group ->
                    new Trial.Answers(
                        group.group(),
                        group.heldOut(),
                        group.wave() == 1,
                        group.people(),
                        group.sent(),
                        group.clicked(),
                        group.converted(),
                        group.value()))
            .toList(),
        facts.goal(),
        store.conversions().of(run).stream()
            .map(
                credited ->
                    new Trial.Credited(
                        credited.attribution(),
                        credited.people(),
                        credited.conversions(),
                        credited.value()))
            .toList(),
        store.experiments().find(run).map(ReportTask::decision).orElse(null));
  }

  private static Trial.Decision decision(ExperimentState state) {
    ExperimentState.Decision made = state.decision();
    return new Trial.Decision(
        state.metric(),
        made == null ? null : made.at(),
        made == null ? "Waiting" : made.outcome(),
        made == null ? null : made.reason(),
        made == null ? null : made.winner(),
        state.taken().size(),
        state.looks().size());
  }

  private static Terms terms(Plan plan, Trial trial, RunFacts compared) {
    Plan.Tracking tracking = plan.tracking();
    return new Terms(
        tracking != null && tracking.opens(),
        tracking != null && tracking.clicks(),
        plan.template(),
        plan.variants().stream()
            .map(v -> new Terms.Variant(v.name(), v.weight(), v.template()))
            .toList(),
        trial,
        compared);
  }
}
