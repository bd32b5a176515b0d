package dev.lettershop.insight.verdict;

import dev.lettershop.insight.verdict.Mail.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges hits in the order in which they came. A verdict is given two minutes after its hit, so
 * that what follows can be taken into account, and is final then. To go on after an interruption,
 * hits of the last {@link #MEMORY} before the first one that matters are handed in again and their
 * verdicts dropped; the others come out the same. Evidence of a person that comes later than two
 * minutes after a click may raise its verdict; nothing lowers one, so that counts only grow. Not
 * safe for use by several threads.
 */
public final class Judge {
  /** Of these rules; grows when they change. */
  public static final int RULES_VERSION = 1;

  /** How long after a hit its verdict is final. */
  public static final Duration FINAL_AFTER = Duration.ofSeconds(120);

  /** How far back hits can matter to a verdict. */
  public static final Duration MEMORY = Duration.ofHours(1).plus(FINAL_AFTER);

  private static final Duration EARLY = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofMinutes(5);
  private static final Set<String> ASKING = Set.of("HEAD", "OPTIONS");

  private final ScannerNetworks scannerNetworks;
  private final Consumer<Judged> judged;
  private final Clients clients = new Clients();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<Object, Mail> mails = new HashMap<>();
  private final Fleets fleets = new Fleets();
  private Instant now = Instant.MIN;
  private Instant swept = Instant.MIN;

  /**
   * @param scannerNetworks those that the operator named
   * @param judged takes the verdicts, in the order of the hits; evidence has none
   */
  public Judge(ScannerNetworks scannerNetworks, Consumer<Judged> judged) {
    this.scannerNetworks = scannerNetworks;
    this.judged = judged;
  }

  /**
   * Takes the next hit.
   *
   * @throws IllegalArgumentException when it is older than the one before
   */
  public void take(Hit hit) {
    advance(hit.at());
    Waiting one = new Waiting(hit);
    for (Waiting scanned : mails.computeIfAbsent(hit.delivery(), key -> new Mail()).take(one)) {
      fleets.add(scanned.hit());
    }
    if (hit.kind() != HitKind.Evidence) {
      waiting.add(one);
    }
  }

  /**
   * Gives the verdicts that are final by a moment, when no hit tells the time.
   *
   * @throws IllegalArgumentException when it is before the last hit
   */
  public void advance(Instant to) {
    if (to.isBefore(now)) {
      throw new IllegalArgumentException("hits come in order: " + to + " after " + now);
    }
    now = to;
    while (!waiting.isEmpty() && !waiting.peek().hit().at().plus(FINAL_AFTER).isAfter(now)) {
      Waiting one = waiting.poll();
      judged.accept(new Judged(one.hit(), reason(one)));
    }
    if (swept.equals(Instant.MIN) || swept.plus(SWEEP).isBefore(now)) {
      swept = now;
      Instant forgotten = now.minus(MEMORY);
      mails.values().removeIf(mail -> mail.isOver(forgotten));
      fleets.forget(forgotten);
    }
  }

  /**
   * The verdict on a hit that names nobody: by what the request says of itself, since nothing else
   * was recorded. It is final at once.
   */
  public Reason unnamed(HitKind kind, String method, boolean ahead, String userAgent) {
    return self(kind, method, ahead, userAgent)
        .or(() -> clients.machine(userAgent))
        .orElse(Reason.Unnamed);
  }

  private Reason reason(Waiting one) {
    Hit hit = one.hit();
    Optional<Reason> self = self(hit.kind(), hit.method(), hit.ahead(), hit.userAgent());
    if (self.isPresent()) {
      return self.get();
    }
    if (hit.kind() == HitKind.Open
        && hit.sent() != null
        && hit.at().isBefore(hit.sent().plus(EARLY))) {
      return Reason.TooEarly;
    }
    if (mails.get(hit.delivery()).hasEvidence(hit)) {
      return Reason.Evidence;
    }
    if (one.isSecondClick()) {
      return Reason.SecondClick;
    }
    return machine(one);
  }

  /** What a request says of itself. */
  private static Optional<Reason> self(
      HitKind kind, String method, boolean ahead, String userAgent) {
    if (ASKING.contains(method)) {
      return Optional.of(Reason.Method);
    }
    if (ahead) {
      return Optional.of(Reason.PrefetchHeader);
    }
    return kind == HitKind.Open ? Clients.fetcher(userAgent) : Optional.empty();
  }

  private Reason machine(Waiting one) {
    Hit hit = one.hit();
    if (one.isBurst()) {
      return Reason.Burst;
    }
    if (one.isAfterBurst()) {
      return Reason.AfterBurst;
    }
    if (hit.kind() == HitKind.Click && fleets.contains(hit)) {
      return Reason.Fleet;
    }
    Optional<Reason> client = clients.machine(hit.userAgent());
    if (client.isPresent()) {
      return client.get();
    }
    return scannerNetworks.contain(hit.kind(), hit.network()) ? Reason.Network : Reason.NoMachine;
  }
}
