package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.campaign.TriggerStatus;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.segment.Refreshed;
import dev.lettershop.store.trigger.AdmissionRequest;
import dev.lettershop.store.trigger.Admitted;
import dev.lettershop.store.trigger.Agenda;
import dev.lettershop.store.trigger.Trigger;
import dev.lettershop.store.trigger.TriggerBell;
import dev.lettershop.store.trigger.TriggerFigures;
import dev.lettershop.store.trigger.Triggers;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends a triggered campaign until it is cancelled: decides about those who are due, and sends what
 * was decided. Several processes may do it; one at a time decides, all send. A database that is
 * away is waited for. Use an instance once.
 */
public final class TriggerExecution {
  /** So many are decided about in one transaction. */
  private static final int BATCH = 2000;

  /** How long nobody looks when nobody rings: who had to ring may have died before. */
  private static final Duration UNASKED = Duration.ofMinutes(3);

  /** A signal to stop is noticed within so long. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  /** How soon it is looked again when somebody is due who cannot be decided about. */
  private static final Duration HELD = Duration.ofMillis(500);

  /** However often it rings, rounds begin so far apart; nobody who rings after a pause waits. */
  private static final Duration APART = Duration.ofMillis(100);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT = Duration.ofMinutes(15);
  private static final Duration FIGURES = Duration.ofSeconds(10);
  private static final Duration REFRESH = Duration.ofSeconds(5);

  /** Counting and refreshing take at most this share of the time. */
  private static final int REST = 50;

  private final TriggerPlan planned;
  private final PlanDocument document;
  private final Secrets secrets;
  private final Clock clock;
  private final RunListener listener;
  private final Cancellation cancellation;
  private final String owner;
  private volatile boolean ready;
  private volatile TriggerStatus status;
  private volatile String held;
  private long beatAt = System.nanoTime();
  private long countAt = System.nanoTime();
  private boolean counted;
  private long refreshAt = System.nanoTime();

  /**
   * @param owner name of this process, for messages of others
   * @param cancellation stops it; may have come already
   */
  public TriggerExecution(
      PlanDocument document,
      Secrets secrets,
      Clock clock,
      RunListener listener,
      Cancellation cancellation,
      String owner) {
    this.planned = new TriggerPlan(document);
    this.document = document;
    this.secrets = secrets;
    this.clock = clock;
    this.listener = listener;
    this.cancellation = cancellation;
    this.owner = owner;
  }

  /** Whether it looks after the campaign, and the database answers. */
  public boolean isReady() {
    return ready;
  }

  /** Figures as they were counted last; null before the first time. */
  public TriggerStatus status() {
    return status;
  }

  /**
   * Works until it is cancelled.
   *
   * @throws dev.lettershop.worker.RunException when something has to be changed first
   * @throws StoreException when the database cannot be reached at first, or is not as it must be
   */
  public void run() {
    Plan plan = planned.plan();
    CampaignSender.check(plan, secrets, listener);
    cancellation.check();
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan.store(), secrets, files)) {
      store.migrate(plan.store().schema());
      listener.migrated(plan.store().name(), store.schemaState(plan.store().schema()));
      Triggers triggers = store.triggers();
      Trigger trigger =
          triggers.register(plan.namespace(), plan.campaign(), planned.kind(), planned.source());
      AdmissionRequest request = planned.request();
      try (TriggerBell bell = triggers.bell(trigger);
          RunSenders senders = new RunSenders(store, document, secrets, clock, listener, owner)) {
        cancellation.onCancel(senders::cancel);
        work(store, trigger, request, bell, senders);
      } finally {
        ready = false;
        cancellation.onCancel(() -> {});
      }
    }
  }

  private void work(
      Store store,
      Trigger trigger,
      AdmissionRequest request,
      TriggerBell bell,
      RunSenders senders) {
    while (!cancellation.isCancelled()) {
      long began = System.nanoTime();
      try {
        bell.listen();
        Duration wait = round(store, trigger, request, senders);
        ready = true;
        if (await(bell, wait)) {
          pause(left(began + APART.toNanos()));
        }
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.Misconfigured) {
          throw e;
        }
        ready = false;
        listener.note(e.getMessage());
        pause(AFTER_FAILURE);
      }
    }
  }

  private void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    synchronized (cancellation) {
      try {
        for (long left = time.toMillis();
            left > 0 && !cancellation.isCancelled();
            left = (until - System.nanoTime()) / 1_000_000) {
          cancellation.wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancellation.cancel();
      }
    }
  }

  /** Whether it rang. */
  private boolean await(TriggerBell bell, Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos();
        left > 0 && !cancellation.isCancelled();
        left = until - System.nanoTime()) {
      if (bell.await(left < SLICE.toNanos() ? Duration.ofNanos(left) : SLICE)) {
        return true;
      }
    }
    return false;
  }

  /** Does what is due; says how long nothing will be, unless somebody rings. */
  private Duration round(
      Store store, Trigger trigger, AdmissionRequest request, RunSenders senders) {
    refresh(store, trigger);
    Triggers triggers = store.triggers();
    Agenda agenda = triggers.agenda(trigger);
    Duration wait = UNASKED;
    if (agenda.oldest() != null) {
      Instant due = agenda.oldest().plus(planned.delay());
      wait =
          due.isAfter(agenda.now())
              ? sooner(wait, Duration.between(agenda.now(), due))
              : admit(triggers, trigger, request);
    }
    for (Agenda.OpenRun run : agenda.runs()) {
      if (run.due() != null && !run.due().isAfter(agenda.now())) {
        senders.send(run);
        wait = sooner(wait, SLICE);
      } else if (run.due() != null) {
        wait = sooner(wait, Duration.between(agenda.now(), run.due()));
      } else if (run.over()) {
        complete(store, run);
      }
    }
    boolean idle = agenda.oldest() == null && agenda.runs().stream().allMatch(r -> r.due() == null);
    beat(triggers, trigger, idle);
    return planned.kind() == Trigger.Kind.Segment ? sooner(wait, left(refreshAt)) : wait;
  }

  private static Duration sooner(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration left(long at) {
    return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
  }

  /** One batch; says when to look again. */
  private Duration admit(Triggers triggers, Trigger trigger, AdmissionRequest request) {
    Admitted admitted = triggers.admit(trigger, request, BATCH);
    held = null;
    switch (admitted.end()) {
      case More -> {
        return Duration.ZERO;
      }
      case Busy -> {
        return HELD;
      }
      case Full -> {
        held = "spec.limits.maxRecipients of this hour is reached; the others wait for the next";
        return HELD;
      }
      default -> {
        if (!admitted.outcomes().isEmpty()) {
          return Duration.ZERO;
        }
        held =
            "whether the mails are cancelled is not known: a source of events, or what the collector"
                + " has taken, has not been read up to when they were due";
        return HELD;
      }
    }
  }

  private void complete(Store store, Agenda.OpenRun open) {
    store
        .ledger()
        .find(new RunKey(planned.plan().namespace(), planned.plan().campaign(), open.name()))
        .ifPresent(store.ledger()::complete);
  }

  /** Says now and then that the campaign is there, and how it is doing. */
  private void beat(Triggers triggers, Trigger trigger, boolean idle) {
    if (System.nanoTime() - beatAt >= 0) {
      triggers.isThere(trigger);
      beatAt = System.nanoTime() + HEARTBEAT.toNanos();
    }
    if (System.nanoTime() - countAt >= 0 && (!idle || counted || status == null)) {
      long start = System.nanoTime();
      status = status(triggers.figures(trigger, planned.delay()));
      long end = System.nanoTime();
      countAt = end + Math.max(FIGURES.toNanos(), REST * (end - start));
      counted = !idle;
    }
  }

  private TriggerStatus status(TriggerFigures figures) {
    Map<String, Long> skipped = new TreeMap<>(figures.outcomes());
    Long sending = skipped.remove("planned");
    return new TriggerStatus(
        figures.waiting(),
        figures.lag().toSeconds(),
        sending == null ? 0L : sending,
        figures.sent(),
        skipped,
        held,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Has the segment that triggers up to date. */
  private void refresh(Store store, Trigger trigger) {
    if (trigger.kind() != Trigger.Kind.Segment || System.nanoTime() - refreshAt < 0) {
      return;
    }
    Plan plan = planned.plan();
    Rule rule = new PlanRules(plan).segment(trigger.source());
    Refreshed refreshed =
        store.segments().refresh(plan.namespace(), trigger.source(), rule, plan.store().schema());
    refreshAt = System.nanoTime() + Math.max(REFRESH.toNanos(), REST * refreshed.took().toNanos());
  }
}
