package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.delivery.pipeline.DeliveryReport;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunLock;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.SourceInputs;
import dev.lettershop.worker.access.StoreAccess;
import dev.lettershop.worker.task.SourceUpdater;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Runs a campaign once, in this process: sync, freeze, send, report. Several processes may share
 * the work as shards: the first one prepares the run, the others wait for it. Whatever happens in
 * between, calling it again with the same run name goes on where the ledger says. Use an instance
 * for one run; {@link #cancel()} may be called from any thread.
 */
public final class CampaignExecution {
  /** A refusal ends the whole Job within seconds; a new one of the same name comes later. */
  private static final Duration SAME_JOB = Duration.ofMinutes(2);

  private static final int LATEST_RUNS = 20;
  private static final Duration LOCK_WAIT = Duration.ofSeconds(1);
  private static final String TEST = "-test-";
  private static final DateTimeFormatter TEST_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final PlanDocument document;
  private final List<SourcePlan> sources;
  private final Secrets secrets;
  private final SourceInputs inputs;
  private final Clock clock;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final Timings timings = new Timings();
  private Optional<ExperimentStatus> experiment = Optional.empty();

  /**
   * @param sources what fills the plan's store; synced in this order
   */
  public CampaignExecution(
      PlanDocument document,
      List<SourcePlan> sources,
      Secrets secrets,
      SourceInputs inputs,
      Clock clock,
      RunListener listener) {
    this(document, sources, secrets, inputs, clock, listener, new Cancellation());
  }

  /**
   * @param cancellation stops it; may have come already
   */
  public CampaignExecution(
      PlanDocument document,
      List<SourcePlan> sources,
      Secrets secrets,
      SourceInputs inputs,
      Clock clock,
      RunListener listener,
      Cancellation cancellation) {
    this.document = document;
    this.sources = List.copyOf(sources);
    this.secrets = secrets;
    this.inputs = inputs;
    this.clock = clock;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /**
   * Runs the campaign.
   *
   * @throws RunException when the run cannot go on
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public RunReport run(RunOptions options) {
    return run(options, new ShardView(options.shardOrAll(), clock));
  }

  /**
   * The same, for those who want to know how far it is.
   *
   * @param view of {@code options}' shard; keeps the last figures when this ends or throws
   */
  public RunReport run(RunOptions options, ShardView view) {
    Plan plan = document.plan();
    if (plan.trigger() != null) {
      throw RunException.configuration(
          "Campaign/"
              + plan.campaign()
              + " is sent when something happens to somebody (spec.schedule.trigger), and has no"
              + " audience to run for; no mail was sent. See lettershop trigger simulate and"
              + " send-test");
    }
    view.doing(sources.isEmpty() ? ShardActivity.Freezing : ShardActivity.Syncing);
    CampaignSender.check(plan, secrets, listener);
    cancellation.check();
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan.store(), secrets, files)) {
      store.migrate(plan.store().schema());
      listener.migrated(plan.store().name(), store.schemaState(plan.store().schema()));
      try {
        return run(store, options, view);
      } catch (RunException e) {
        view.last();
        throw e;
      } finally {
        view.closed();
      }
    }
  }

  /** Stops as soon as what is under way is recorded; the run can go on later. */
  public void cancel() {
    cancellation.cancel();
  }

  private RunReport run(Store store, RunOptions options, ShardView view) {
    Ledger ledger = store.ledger();
    Plan plan = document.plan();
    RunKey key = new RunKey(plan.namespace(), plan.campaign(), runName(ledger, options));
    Preparation.Prepared prepared;
    try (RunLock lock = lock(ledger, key)) {
      resume(ledger, key, options);
      refuseLateTest(ledger, key, options);
      refuseWithTheOthers(ledger, key, options);
      Optional<Run> known = ledger.find(key).filter(r -> r.state() != RunState.Refused);
      Optional<Run> done = known.filter(run -> isDone(run, options));
      Run run = done.isPresent() ? done.get() : ledger.begin(request(key, options));
      if (run.state() == RunState.Completed) {
        return completed(store, run, view);
      }
      listener.begun(run, known.isPresent());
      RunListener watching = new ActivityListener(listener, view);
      SourceUpdater reading = new SourceUpdater(secrets, inputs, clock, cancellation, watching);
      prepared =
          new Preparation(document, sources, reading, watching, timings)
              .prepare(store, run, options);
      // Whoever has the lock looks; the others find what that came to.
      experiment = look(store, prepared.run(), prepared.plan());
    }
    return send(store, prepared, options, view);
  }

  private Optional<ExperimentStatus> look(Store store, Run run, Plan plan) {
    Optional<ExperimentStatus> status = new ExperimentLook(store).take(run, plan);
    status.ifPresent(known -> listener.note(known.message()));
    return status;
  }

  private RunReport send(
      Store store, Preparation.Prepared prepared, RunOptions options, ShardView view) {
    Ledger ledger = store.ledger();
    Run run = prepared.run();
    boolean finished = run.state() == RunState.Completed;
    view.follows(store, run);
    if (run.state() == RunState.Frozen && !cancellation.isCancelled()) {
      view.doing(ShardActivity.Sending);
      CampaignSender sending = new CampaignSender(store, secrets, clock, cancellation, listener);
      DeliveryReport sent =
          timings.time("send", () -> sending.send(run, prepared.plan(), options, view));
      finished = sent.end() == DeliveryReport.End.Completed;
    }
    if (finished) {
      view.doing(ShardActivity.Finished);
    }
    Run present = ledger.find(run.key()).orElse(run);
    ShardStatus shard = view.count();
    if (present.state() == RunState.Completed) {
      prune(store, document.plan());
    }
    ExperimentStatus known = experiment.orElse(null);
    CampaignRunStatus status = RunStatus.of(present, view.counts(), known, clock.instant());
    boolean waits = finished && known != null && known.holdsPeople();
    boolean done =
        waits || present.state() == RunState.Completed || options.shard() != null && finished;
    int exitCode =
        !done
            ? (cancellation.isCancelled() ? ExitCode.CANCELLED : ExitCode.RETRY)
            : shard.failed() > 0 && !waits ? ExitCode.FAILED_RECIPIENTS : ExitCode.DONE;
    return new RunReport(
        run.key().name(), exitCode, false, status, shard, prepared.synced(), timings.seconds());
  }

  private RunReport completed(Store store, Run run, ShardView view) {
    view.follows(store, run);
    view.doing(ShardActivity.Finished);
    ShardStatus shard = view.count();
    ExperimentStatus known =
        run.purgedAt() == null
            ? look(store, run, Preparation.followed(run, document)).orElse(null)
            : null;
    CampaignRunStatus status = RunStatus.of(run, view.counts(), known, clock.instant());
    return new RunReport(
        run.key().name(), ExitCode.DONE, true, status, shard, List.of(), timings.seconds());
  }

  private RunLock lock(Ledger ledger, RunKey key) {
    RunLock lock = ledger.lock(key);
    try {
      if (!lock.tryLock(Duration.ofMillis(50))) {
        listener.note("another process prepares this run; waiting for it");
        do {
          cancellation.check();
        } while (!lock.tryLock(LOCK_WAIT));
      }
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A dry run's name is free again for people, but not for a process that is started again. */
  private boolean isDone(Run run, RunOptions options) {
    return options.shard() != null
        && options.dryRun()
        && run.dryRun()
        && run.state() == RunState.Completed
        && run.planHash().equals(document.hash());
  }

  private String runName(Ledger ledger, RunOptions options) {
    if (options.runName() != null) {
      return options.runName();
    }
    Plan plan = document.plan();
    if (options.resume() != null) {
      return ledger.runs(plan.namespace(), plan.campaign(), LATEST_RUNS).stream()
          .filter(run -> !run.dryRun() && !run.test() && run.state() != RunState.Refused)
          .map(run -> run.key().name())
          .findFirst()
          .orElseThrow(
              () ->
                  RunException.configuration(
                      "Campaign/" + plan.campaign() + " has no run yet that could be resumed"));
    }
    return ledger.runs(plan.namespace(), plan.campaign(), LATEST_RUNS).stream()
        .filter(run -> run.state() == RunState.Frozen || run.state() == RunState.Created)
        .filter(run -> run.dryRun() == options.dryRun() && run.test() == options.test())
        .map(run -> run.key().name())
        .findFirst()
        .orElseGet(() -> newName(options.test()));
  }

  /**
   * One real run a day, so that a repeated command repeats no mail; tests as often as one likes.
   */
  private String newName(boolean test) {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    return test
        ? document.plan().campaign() + TEST + TEST_TIME.format(now)
        : document.plan().campaign() + "-" + DateTimeFormatter.BASIC_ISO_DATE.format(now);
  }

  /** Plans again the recipients that the run missed, before anybody asks how far it is. */
  private void resume(Ledger ledger, RunKey key, RunOptions options) {
    RunOptions.Resume wish = options.resume();
    if (wish == null) {
      return;
    }
    Run run =
        ledger
            .find(key)
            .filter(found -> !found.dryRun() && found.state() != RunState.Refused)
            .orElseThrow(
                () ->
                    RunException.configuration(
                        "No run "
                            + key.name()
                            + " of Campaign/"
                            + key.campaign()
                            + " has mailed anybody and could be resumed; check the name"));
    long missed = ledger.resume(run, wish.request(), wish.uncertain());
    listener.note(
        missed == 1
            ? "1 person was missed and is planned again"
            : missed + " people were missed and are planned again");
  }

  /** Applies retention; a run does not fail because of that. */
  private void prune(Store store, Plan plan) {
    try {
      store.pruning().apply(plan.store().retention(), false);
    } catch (StoreException e) {
      listener.note("what is past the store's retention could not be removed: " + e.getMessage());
    }
  }

  /** A run that has its audience goes on mailing all of it, whoever calls. */
  private static void refuseLateTest(Ledger ledger, RunKey key, RunOptions options) {
    boolean late =
        ledger.find(key).filter(r -> r.state() == RunState.Frozen && !r.test()).isPresent();
    if (late && options.test()) {
      throw RunException.configuration(
          "The run "
              + key.name()
              + " has its audience already, so that --test-recipient would come too late; nothing"
              + " was sent. Give the test another --run-name, or none");
    }
  }

  /**
   * What one shard found too large, the others do not weigh again: by then another reading of the
   * sources might make it fit, and they would mail while their Job is being ended.
   */
  private void refuseWithTheOthers(Ledger ledger, RunKey key, RunOptions options) {
    boolean refused =
        options.shard() != null
            && ledger
                .find(key)
                .filter(run -> run.state() == RunState.Refused)
                .filter(run -> run.planHash().equals(document.hash()))
                .filter(run -> run.createdAt().isAfter(clock.instant().minus(SAME_JOB)))
                .isPresent();
    if (refused) {
      throw RunException.tooManyRecipients(
          "Another shard of the run "
              + key.name()
              + " found the audience larger than spec.limits.maxRecipients; no mail was sent. Raise"
              + " the limit, or narrow the audience");
    }
  }

  private RunRequest request(RunKey key, RunOptions options) {
    return new RunRequest(
        key,
        document.hash(),
        document.json(),
        options.dryRun(),
        options.test(),
        document.plan().onUncertain(),
        CampaignSender.RETRIES.maxAttempts());
  }
}
