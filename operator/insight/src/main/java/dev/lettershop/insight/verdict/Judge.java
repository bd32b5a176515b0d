package dev.lettershop.insight.verdict;

import dev.lettershop.insight.verdict.Mail.Waiting;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
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

  private final BiPredicate<HitKind, InetAddress> scannerNetworks;
  private final Consumer<Judged> judged;
  private final Clients clients = new Clients();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<Object, Mail> mails = new HashMap<>();
  private final Fleets fleets = new Fleets();
  private Instant now = Instant.MIN;
  private Instant swept = Instant.MIN;

  /**
   * @param scannerNetworks whether the operator named the network of an address as one of scanners,
   *     for hits of a kind
   * @param judged takes the verdicts, in the order of the hits; evidence has none
   */
  public Judge(BiPredicate<HitKind, InetAddress> scannerNetworks, Consumer<Judged> judged) {
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
    if (hit.kind() != HitKind.EVIDENCE) {
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

  private Reason reason(Waiting one) {
    Hit hit = one.hit();
    if (ASKING.contains(hit.method())) {
      return Reason.METHOD;
    }
    if (hit.ahead()) {
      return Reason.PREFETCH_HEADER;
    }
    if (hit.kind() == HitKind.OPEN) {
      Optional<Reason> fetcher = Clients.fetcher(hit.userAgent());
      if (fetcher.isPresent()) {
        return fetcher.get();
      }
      if (hit.at().isBefore(hit.sent().plus(EARLY))) {
        return Reason.TOO_EARLY;
      }
    }
    if (mails.get(hit.delivery()).hasEvidence(hit)) {
      return Reason.EVIDENCE;
    }
    if (one.isSecondClick()) {
      return Reason.SECOND_CLICK;
    }
    return machine(one);
  }

  private Reason machine(Waiting one) {
    Hit hit = one.hit();
    if (one.isBurst()) {
      return Reason.BURST;
    }
    if (one.isAfterBurst()) {
      return Reason.AFTER_BURST;
    }
    if (hit.kind() == HitKind.CLICK && fleets.contains(hit)) {
      return Reason.FLEET;
    }
    Optional<Reason> client = clients.machine(hit.userAgent());
    if (client.isPresent()) {
      return client.get();
    }
    return scannerNetworks.test(hit.kind(), hit.address()) ? Reason.NETWORK : Reason.NO_MACHINE;
  }
}
