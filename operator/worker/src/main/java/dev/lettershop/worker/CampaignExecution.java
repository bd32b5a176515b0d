package dev.lettershop.worker;

import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.source.SourceDefinition;
import dev.lettershop.source.SourceSync;
import dev.lettershop.source.SyncResult;
import dev.lettershop.store.Store;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeResult;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.RunState;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a campaign once, in this process: sync, freeze, send, report. Whatever happens in between,
 * calling it again with the same run name goes on where the ledger says. Use an instance for one
 * run; {@link #cancel()} may be called from any thread.
 */
public final class CampaignExecution {
  private static final int LATEST_RUNS = 20;
  private static final String TEST = "-test-";
  private static final DateTimeFormatter TEST_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final PlanDocument document;
  private final List<SourcePlan> sources;
  private final Secrets secrets;
  private final ManifestInputs inputs;
  private final Clock clock;
  private final RunListener listener;
  private final Cancellation cancellation = new Cancellation();
  private final Map<String, Double> timings = new LinkedHashMap<>();

  /**
   * @param sources what fills the plan's store; synced in this order
   */
  public CampaignExecution(
      PlanDocument document,
      List<SourcePlan> sources,
      Secrets secrets,
      ManifestInputs inputs,
      Clock clock,
      RunListener listener) {
    this.document = document;
    this.sources = List.copyOf(sources);
    this.secrets = secrets;
    this.inputs = inputs;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Runs the campaign.
   *
   * @throws RunException when the run cannot go on
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public RunReport run(RunOptions options) {
    Plan plan = document.plan();
    Sending.check(plan, secrets);
    try (CredentialFiles files = new CredentialFiles();
        Store store = Store.open(StoreAccess.of(plan.store(), secrets, files))) {
      store.migrate(plan.store().schema());
      Ledger ledger = store.ledger();
      RunKey key = new RunKey(plan.namespace(), plan.campaign(), runName(ledger, options));
      refuseLateTest(ledger, key, options);
      boolean known = ledger.find(key).filter(r -> r.state() != RunState.Refused).isPresent();
      Run run = ledger.begin(request(key, options));
      if (run.state() == RunState.Completed) {
        return new RunReport(
            key.name(), ExitCode.DONE, true, status(ledger, run), List.of(), timings);
      }
      listener.begun(run, known);
      PlanDocument running = running(run);
      List<RunReport.SyncReport> synced = new ArrayList<>();
      if (run.state() == RunState.Created) {
        if (options.syncSources()) {
          timed("sync", () -> sync(store, synced));
        }
        run = freeze(store, run, running.plan(), options);
      }
      if (run.state() == RunState.Frozen && !cancellation.isCancelled()) {
        Run frozen = run;
        timed("send", () -> send(store, frozen, running.plan()));
        run = ledger.find(key).orElse(run);
      }
      return report(ledger, run, synced);
    }
  }

  /** Stops as soon as what is under way is recorded; the run can go on later. */
  public void cancel() {
    cancellation.cancel();
  }

  private String runName(Ledger ledger, RunOptions options) {
    if (options.runName() != null) {
      return options.runName();
    }
    Plan plan = document.plan();
    return ledger.runs(plan.namespace(), plan.campaign(), LATEST_RUNS).stream()
        .filter(run -> run.state() == RunState.Frozen || run.state() == RunState.Created)
        .filter(run -> run.dryRun() == options.dryRun())
        .filter(run -> isTest(run.key()) == !options.testRecipients().isEmpty())
        .map(run -> run.key().name())
        .findFirst()
        .orElseGet(() -> newName(!options.testRecipients().isEmpty()));
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

  /** A run that has its audience goes on mailing all of it, whoever calls. */
  private static void refuseLateTest(Ledger ledger, RunKey key, RunOptions options) {
    boolean frozen = ledger.find(key).filter(r -> r.state() == RunState.Frozen).isPresent();
    if (frozen && !options.testRecipients().isEmpty() && !isTest(key)) {
      throw RunException.configuration(
          "The run "
              + key.name()
              + " has its audience already, so that --test-recipient would come too late; nothing"
              + " was sent. Give the test another --run-name, or none");
    }
  }

  /** Test runs have names of their own, so that none is taken for the real one. */
  private static boolean isTest(RunKey key) {
    return key.name().startsWith(key.campaign() + TEST);
  }

  private RunRequest request(RunKey key, RunOptions options) {
    return new RunRequest(
        key,
        document.hash(),
        document.json(),
        options.dryRun(),
        document.plan().onUncertain(),
        Sending.RETRIES.maxAttempts());
  }

  /**
   * What was promised when the run began is kept: content and audience come from the recorded plan.
   * How the mail travels comes from the present one, so that a wrong relay can be mended.
   */
  private PlanDocument running(Run run) {
    if (run.planHash().equals(document.hash())) {
      return document;
    }
    listener.note(
        "the campaign has changed since this run began; it goes on with what it began with");
    try {
      Plan recorded = PlanDocument.parse(run.planJson()).plan();
      return PlanDocument.of(recorded.sentThrough(document.plan().transport()));
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "The run " + run.key().name() + " cannot go on: " + e.getMessage(), e);
    }
  }

  private void sync(Store store, List<RunReport.SyncReport> synced) {
    for (SourcePlan source : sources) {
      SourceSync sync =
          new SourceSync(
              store,
              source.store().schema(),
              Set.copyOf(source.topics()),
              clock,
              SourceSync.DEFAULT_LISTED);
      SyncResult result =
          sync.sync(
              new SourceDefinition(source.name(), source.spec()),
              inputs.of(source.name(), source.spec().file()),
              listener::syncing);
      synced.add(new RunReport.SyncReport(source.name(), result));
      listener.synced(source.name(), result);
      if (!result.succeeded()) {
        throw RunException.configuration(
            result.problems().get(0)
                + "\nThe store is as it was before this source, and no mail was sent");
      }
    }
  }

  private Run freeze(Store store, Run run, Plan plan, RunOptions options) {
    listener.freezing();
    PlanRules rules = new PlanRules(plan);
    FreezeRequest request =
        new FreezeRequest(
            plan.store().schema(),
            rules.segments(plan.audience().include()),
            rules.segments(plan.audience().exclude()),
            plan.topic(),
            plan.optIn(),
            plan.namespace() + "/" + plan.campaign(),
            plan.variants().stream()
                .map(v -> new FreezeRequest.VariantWeight(v.name(), v.weight()))
                .toList(),
            plan.holdoutPercent(),
            plan.maxRecipients(),
            options.testRecipients());
    FreezeResult[] result = new FreezeResult[1];
    timed("freeze", () -> result[0] = store.freezer().freeze(run, request));
    listener.frozen(result[0].selected(), result[0].skipped());
    if (result[0].run().state() == RunState.Refused) {
      throw RunException.configuration(
          "Campaign/"
              + plan.campaign()
              + " spec.limits.maxRecipients is "
              + plan.maxRecipients()
              + ", and the audience has "
              + result[0].selected()
              + " people; no mail was sent. Raise the limit, or narrow the audience");
    }
    return result[0].run();
  }

  private void send(Store store, Run run, Plan plan) {
    new Sending(store, secrets, clock, cancellation, listener).send(run, plan);
  }

  private dev.lettershop.api.v1alpha1.CampaignRunStatus status(Ledger ledger, Run run) {
    return RunStatus.of(run, ledger.counts(run), clock.instant());
  }

  private RunReport report(Ledger ledger, Run run, List<RunReport.SyncReport> synced) {
    var status = status(ledger, run);
    int exitCode =
        run.state() != RunState.Completed
            ? (cancellation.isCancelled() ? ExitCode.CANCELLED : ExitCode.RETRY)
            : status.deliveries().failed() > 0 ? ExitCode.FAILED_RECIPIENTS : ExitCode.DONE;
    return new RunReport(run.key().name(), exitCode, false, status, synced, timings);
  }

  private void timed(String phase, Runnable work) {
    long start = System.nanoTime();
    try {
      work.run();
    } finally {
      timings.put(phase, (System.nanoTime() - start) / 1e9);
    }
  }
}
