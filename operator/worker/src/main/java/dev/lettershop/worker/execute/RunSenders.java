package dev.lettershop.worker.execute;

import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.store.ledger.Shard;
import dev.lettershop.store.trigger.Agenda;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends the open runs of a triggered campaign, each in a thread of its own while mails of it are
 * due, and a moment longer. What goes wrong with one is tried again; nobody is lost. Thread-safe.
 */
final class RunSenders implements AutoCloseable {
  /** Runs that are sent at a time: today's, those of plans that were, and second mails. */
  private static final int MOST = 4;

  private static final Duration LINGER = Duration.ofSeconds(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration AFTER_OTHERS = Duration.ofSeconds(1);
  private static final Duration RELAY_PATIENCE = Duration.ofHours(72);
  private static final Duration LAST_WORDS = Duration.ofSeconds(90);

  private final Store store;
  private final PlanDocument own;
  private final Secrets secrets;
  private final Clock clock;
  private final RunListener listener;
  private final String owner;
  private final ExecutorService threads;
  private final Set<Long> busy = ConcurrentHashMap.newKeySet();
  private final Map<Long, Long> notBefore = new ConcurrentHashMap<>();
  private final Set<DeliveryPipeline> pipelines = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  /**
   * @param own the plan that this process was given
   * @param owner name of this process, for messages of others
   */
  RunSenders(
      Store store,
      PlanDocument own,
      Secrets secrets,
      Clock clock,
      RunListener listener,
      String owner) {
    this.store = store;
    this.own = own;
    this.secrets = secrets;
    this.clock = clock;
    this.listener = listener;
    this.owner = owner;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "send-run");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Sends a run from now on, unless that is done already. */
  void send(Agenda.OpenRun open) {
    Long until = notBefore.get(open.id());
    boolean rests = until != null && System.nanoTime() - until < 0;
    if (cancelled || rests || busy.size() >= MOST || !busy.add(open.id())) {
      return;
    }
    threads.execute(
        () -> {
          try {
            work(open);
          } finally {
            busy.remove(open.id());
          }
        });
  }

  /** Whether mails of any run are being sent. */
  boolean isBusy() {
    return !busy.isEmpty();
  }

  private void work(Agenda.OpenRun open) {
    try {
      RunKey key = new RunKey(own.plan().namespace(), own.plan().campaign(), open.name());
      Optional<Run> run = store.ledger().find(key).filter(r -> r.state() == RunState.Frozen);
      if (run.isPresent() && !send(run.get())) {
        rest(open, AFTER_OTHERS);
      }
    } catch (StoreException | RunException e) {
      listener.note("mails of " + open.name() + " wait: " + e.getMessage());
      rest(open, AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // A message might quote a person, or a Secret.
      listener.note("mails of " + open.name() + " wait: " + e.getClass().getName());
      rest(open, AFTER_FAILURE);
    }
  }

  private void rest(Agenda.OpenRun open, Duration time) {
    notBefore.put(open.id(), System.nanoTime() + time.toNanos());
  }

  /** False when others have all of its leases. */
  private boolean send(Run run) throws InterruptedException {
    Plan plan = followed(run);
    int replicas = plan.parallelism();
    Ledger ledger = store.ledger();
    // While a new Pod takes the place of an old one there is one more.
    Optional<Lease> taken = ledger.leaseAny(run, replicas + 1, owner, CampaignSender.LEASE);
    if (taken.isEmpty()) {
      return false;
    }
    try (Lease lease = taken.get();
        RunResources outfit = new RunResources(run, plan, secrets, clock);
        MailRelay relay = outfit.relay()) {
      DeliveryPipeline pipeline =
          outfit.pipeline(
              store,
              lease,
              relay,
              outfit
                  .pace()
                  .options(new Shard(0, replicas))
                  .waitingForRelay(RELAY_PATIENCE)
                  .lingering(LINGER),
              totals -> {});
      pipelines.add(pipeline);
      try {
        if (cancelled) {
          pipeline.cancel();
        }
        pipeline.run();
      } finally {
        pipelines.remove(pipeline);
      }
      return true;
    } catch (RelayException e) {
      throw CampaignSender.explained(e);
    }
  }

  /** What was decided by a plan is sent by it; how the mail travels comes from the present one. */
  private Plan followed(Run run) {
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

  /** Begins nothing any more; what is being handed over is finished. */
  void cancel() {
    cancelled = true;
    pipelines.forEach(DeliveryPipeline::cancel);
  }

  /** Waits for what is being handed over. */
  @Override
  public void close() {
    cancel();
    threads.shutdown();
    try {
      threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
