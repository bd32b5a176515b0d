package dev.lettershop.delivery.pipeline;

import static java.time.temporal.ChronoUnit.MINUTES;

import dev.lettershop.delivery.pipeline.DeliveryReport.End;
import dev.lettershop.delivery.policy.BatchSize;
import dev.lettershop.delivery.policy.DomainGate;
import dev.lettershop.delivery.policy.PauseReason;
import dev.lettershop.delivery.policy.RelayHealth;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.delivery.smtp.RelaySession;
import dev.lettershop.store.ledger.Recipient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * Sends one shard of one run: claims, composes, marks, hands over, records. Each step has its own
 * threads and a bounded queue before it. Use it once.
 */
public final class DeliveryPipeline {
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** A shorter wait is none that people ask about. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(30);

  /** What outcomes under way get to be recorded when something broke. */
  private static final Duration LAST_WORDS =
      DeliveryOptions.LEDGER_PATIENCE.plus(Duration.ofSeconds(10));

  private final DeliveryLedger ledger;
  private final MailComposer composer;
  private final ProbedRelay relay;
  private final DeliveryOptions options;
  private final Clock clock;
  private final Flow flow = new Flow();
  private final RelayHealth health;
  private final DomainGate domains;
  private final OutcomePolicy policy;
  private final OutcomeRecorder recorder;
  private final BlockingQueue<ClaimedRecipient> claimed =
      new ArrayBlockingQueue<>(2 * DeliveryOptions.CLAIM);
  private final BlockingQueue<Letter> composed = new ArrayBlockingQueue<>(DeliveryOptions.COMPOSED);

  private final Settlements settlements;
  private final Handover handover;
  private final DoubleSupplier random;
  private volatile boolean cancelled;
  private volatile long dueAt;
  private volatile boolean waiting;

  /**
   * @param relay the caller closes it
   * @param random uniform in [0, 1); must be thread-safe
   */
  public DeliveryPipeline(
      DeliveryLedger ledger,
      MailComposer composer,
      MailRelay relay,
      DeliveryOptions options,
      Clock clock,
      DoubleSupplier random,
      ProgressListener progress) {
    this.ledger = ledger;
    this.composer = composer;
    this.relay = new ProbedRelay(relay);
    this.options = options;
    this.clock = clock;
    this.health = new RelayHealth(clock, random, options.relayPatience());
    this.random = random;
    this.domains = new DomainGate(options.perDomain(), random, System::nanoTime);
    this.policy = new OutcomePolicy(options.retries(), options.resendUncertain(), random);
    this.handover = new Handover(options.connections());
    this.settlements = new Settlements(options.connections(), DeliveryOptions.COMPANY);
    this.recorder =
        new OutcomeRecorder(
            ledger,
            settlements,
            handover,
            flow,
            progress,
            DeliveryOptions.LEDGER_PATIENCE,
            System::nanoTime);
  }

  /**
   * Sends until nobody is planned or deferred any more, or until something ends it before. When it
   * returns or throws, everything known about what was handed over is in the ledger, as far as the
   * ledger could be reached.
   *
   * @throws RelayException when the relay cannot be used from the start (then nothing was claimed),
   *     or refuses everything, or keeps failing; who was not reached is planned or deferred still
   * @throws RuntimeException what the ledger threw
   */
  public DeliveryReport run() throws RelayException, InterruptedException {
    RelaySession first = new RelaySession(relay, options.messagesPerConnection());
    try {
      first.open();
    } catch (RelayException e) {
      if (!options.waitsForRelay() || !e.isTransient()) {
        throw e;
      }
      health.isDown(e.code());
    }
    ExecutorService threads = start(first);
    End end = End.Completed;
    try {
      end = claimAll();
    } catch (InterruptedException | RuntimeException e) {
      flow.fail(e);
    }
    long giveUpAt = System.nanoTime() + LAST_WORDS.toNanos();
    flow.awaitEmpty(() -> !isBroken() || System.nanoTime() - giveUpAt < 0);
    flow.finish();
    threads.shutdown();
    if (!threads.awaitTermination(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS)) {
      threads.shutdownNow();
    }
    rethrow(flow.failure());
    return new DeliveryReport(end, recorder.totals());
  }

  /** Why nothing goes out at the moment; empty while mails go out. Any thread may ask. */
  public Optional<PauseReason> pause() {
    String trouble = health.trouble();
    if (trouble != null) {
      return Optional.of(
          new PauseReason(
              PauseReason.RELAY_FAILING,
              relay.name()
                  + " takes nothing at the moment ("
                  + trouble
                  + "); it is tried again with the next mail, after a pause of at most a minute"));
    }
    long left = dueAt - System.nanoTime();
    return waiting && left > WORTH_TELLING.toNanos()
        ? Optional.of(
            new PauseReason(
                PauseReason.WAITING,
                "The next mail is due at " + clock.instant().plusNanos(left).truncatedTo(MINUTES)))
        : Optional.empty();
  }

  /**
   * Stops: what is being handed over is finished and recorded, everything else is planned again,
   * and {@link #run} returns. Any thread may call it.
   */
  public void cancel() {
    cancelled = true;
    flow.stop();
  }

  private ExecutorService start(RelaySession first) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "delivery-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    AtomicBoolean reported = new AtomicBoolean();
    SharedState shared = new SharedState(ledger, health, domains, handover, settlements, flow);
    for (int i = 0; i < options.composers(); i++) {
      threads.execute(
          new Composer(composer, policy, claimed, composed, settlements, flow, reported));
    }
    Pace pace = new Pace(ledger::slots, System::nanoTime);
    BatchSize batchSize =
        new BatchSize(Math.max(1, options.connections() / 2), 2 * options.connections());
    threads.execute(new Dispatcher(shared, relay, pace, composed, batchSize, random));
    for (int i = 0; i < options.connections(); i++) {
      RelaySession session =
          i == 0 ? first : new RelaySession(relay, options.messagesPerConnection());
      threads.execute(new Sender(shared, session, policy));
    }
    threads.execute(recorder);
    return threads;
  }

  private End claimAll() throws InterruptedException {
    long workedAt = System.nanoTime();
    while (!flow.isStopping()) {
      if (options.deadline() != null && !clock.instant().isBefore(options.deadline())) {
        flow.stop();
        return End.DeadlineReached;
      }
      if (isFull() || health.isPaused()) {
        flow.awaitChange(SHORTEST_WAIT);
        continue;
      }
      long askedAt = System.nanoTime();
      List<Recipient> recipients = ledger.claim(options.claim());
      flow.entered(recipients.size());
      recipients.forEach(recipient -> claimed.add(ClaimedRecipient.of(recipient, askedAt)));
      waiting = false;
      workedAt = recipients.isEmpty() ? workedAt : askedAt;
      if (recipients.isEmpty() && flow.inside() > 0) {
        awaitOthers();
      } else if (recipients.isEmpty()) {
        Optional<Duration> next = untilNext(workedAt);
        if (next.isEmpty()) {
          return End.Completed;
        }
        dueAt = System.nanoTime() + next.get().toNanos();
        waiting = true;
        flow.awaitChange(within(next.get()));
      }
    }
    return cancelled ? End.Cancelled : End.Completed;
  }

  /**
   * When to look again; empty to end.
   *
   * @param workedAt when somebody was claimed last
   */
  private Optional<Duration> untilNext(long workedAt) {
    Optional<Duration> next = ledger.untilNextDue();
    if (options.linger().isZero() || next.filter(n -> n.compareTo(LONGEST_WAIT) < 0).isPresent()) {
      return next;
    }
    // Somebody may come at any moment, and what is due much later needs nobody to wait for it.
    return System.nanoTime() - workedAt < options.linger().toNanos()
        ? Optional.of(SHORTEST_WAIT)
        : Optional.empty();
  }

  /** Whether enough is claimed; where little is claimed at a time, little waits anywhere. */
  private boolean isFull() {
    int most = Math.min(options.claim(), ledger.mostAtOnce());
    return claimed.size() > most
        || options.claim() < DeliveryOptions.CLAIM && flow.inside() > 2 * most;
  }

  /** Until those inside have come out, or a while has passed in which somebody may fall due. */
  private void awaitOthers() throws InterruptedException {
    long until = System.nanoTime() + within(LONGEST_WAIT).toNanos();
    flow.awaitEmpty(() -> !flow.isStopping() && System.nanoTime() - until < 0);
  }

  private Duration within(Duration wanted) {
    Duration most = LONGEST_WAIT;
    if (options.deadline() != null) {
      Duration left = Duration.between(clock.instant(), options.deadline());
      most = left.compareTo(most) < 0 ? left : most;
    }
    Duration wait = wanted.compareTo(most) < 0 ? wanted : most;
    return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
  }

  /** Something went wrong after which not everybody inside may come out. */
  private boolean isBroken() {
    return recorder.isBroken()
        || flow.failure() != null && !(flow.failure() instanceof RelayException);
  }

  private static void rethrow(Throwable failure) throws RelayException, InterruptedException {
    if (failure instanceof RelayException e) {
      throw e;
    }
    if (failure instanceof InterruptedException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException("Sending broke down; run again to go on", failure);
    }
  }
}
