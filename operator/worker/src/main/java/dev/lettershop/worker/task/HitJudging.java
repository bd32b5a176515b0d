package dev.lettershop.worker.task;

import dev.lettershop.api.v1alpha1.store.Engagement;
import dev.lettershop.api.v1alpha1.store.ScannedHits;
import dev.lettershop.insight.verdict.HitKind;
import dev.lettershop.insight.verdict.Judge;
import dev.lettershop.insight.verdict.Judged;
import dev.lettershop.insight.verdict.Reason;
import dev.lettershop.insight.verdict.ScannerNetworks;
import dev.lettershop.store.Store;
import dev.lettershop.store.engagement.HitVerdict;
import dev.lettershop.store.engagement.PersonEvidence;
import dev.lettershop.store.engagement.StoredHit;
import dev.lettershop.store.engagement.VerdictCount;
import dev.lettershop.store.engagement.Verdicts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives hits their verdicts as they come, and anew when rules have changed. What it remembers is
 * read again after an interruption, and a verdict is recorded together with how far that went: a
 * process that is killed anywhere leaves nothing out and counts nothing twice. Not thread-safe.
 */
public final class HitJudging {
  private static final int MOST = 20_000;

  /** Collectors store a hit soon after it came; what is stored later is judged by itself. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final Duration LATE_AT_ONCE = Duration.ofHours(1);
  private static final Duration SAY_SO_EVERY = Duration.ofMinutes(1);
  private static final Duration PROOF_COMES_WITHIN = Duration.ofHours(25);
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);

  private final Verdicts verdicts;
  private final PersonEvidence evidence;
  private final MailLinks links;
  private final ScannerNetworks scanners;
  private final Clock clock;
  private final Judge unnamed;

  private final List<HitVerdict> given = new ArrayList<>();
  private Judge judge;
  private Instant mark;
  private Instant fedTo;
  private UUID fed;

  private HitJudging(
      Verdicts verdicts,
      PersonEvidence evidence,
      MailLinks links,
      ScannerNetworks scanners,
      Clock clock) {
    this.verdicts = verdicts;
    this.evidence = evidence;
    this.links = links;
    this.scanners = scanners;
    this.clock = clock;
    this.unnamed = new Judge(scanners, one -> {});
  }

  /** Of one store. */
  public static HitJudging of(Store store, Engagement engagement, Clock clock) {
    List<ScannerNetworks.Named> networks =
        engagement.scannerNetworks().stream()
            .map(one -> new ScannerNetworks.Named(one.network(), kinds(one.hits())))
            .toList();
    return new HitJudging(
        store.verdicts(),
        store.personEvidence(),
        new MailLinks(store.hits()::targets),
        new ScannerNetworks(networks),
        clock);
  }

  private static Set<HitKind> kinds(ScannedHits hits) {
    return switch (hits) {
      case All -> Set.of(HitKind.Open, HitKind.Click);
      case Opens -> Set.of(HitKind.Open);
      case Clicks -> Set.of(HitKind.Click);
    };
  }

  /**
   * What one step came to.
   *
   * @param counts hits that got their verdict
   * @param more whether others can have theirs at once
   */
  public record Step(List<VerdictCount> counts, boolean more) {
    public Step {
      counts = List.copyOf(counts);
    }
  }

  /**
   * Gives their verdicts to some of the hits that can have them.
   *
   * @throws dev.lettershop.store.database.StoreException when the database fails; the next step
   *     goes on from what is recorded
   */
  public Step step() {
    List<VerdictCount> counts = new ArrayList<>();
    try {
      boolean more = onwards(counts);
      more |= late(counts);
      more |= unnamed(counts);
      return new Step(counts, more);
    } catch (RuntimeException e) {
      judge = null;
      throw e;
    }
  }

  /**
   * Raises the verdicts of clicks after which somebody did what only a person does, however long
   * after the verdict that became known, up to a day. Nothing lowers them again.
   *
   * @return how many were raised
   */
  public int raise() {
    List<HitVerdict> proven =
        evidence.clicks(
            clock.instant().minus(PROOF_COMES_WITHIN),
            MOST,
            Reason.Evidence.verdict().name(),
            Reason.Evidence.name());
    verdicts.change(proven, Judge.RULES_VERSION);
    return proven.size();
  }

  /** How long ago the newest hit came that everything before has its verdict. */
  public Duration lag() {
    return mark == null ? Duration.ZERO : Duration.between(mark, clock.instant());
  }

  private boolean onwards(List<VerdictCount> counts) {
    Instant cutoff = clock.instant().minus(SETTLED);
    if (judge == null) {
      start();
    }
    if (!cutoff.isAfter(fedTo)) {
      return false;
    }
    List<StoredHit> hits = verdicts.unjudged(fedTo, fed, cutoff, MOST);
    hits.forEach(hit -> judge.take(hit(hit)));
    boolean more = hits.size() == MOST;
    if (more) {
      fedTo = hits.get(MOST - 1).at();
      fed = hits.get(MOST - 1).id();
    } else {
      judge.advance(cutoff);
      fedTo = cutoff;
      fed = LAST;
    }
    Instant judgedTo = fedTo.minus(Judge.FINAL_AFTER);
    if (given.isEmpty() && judgedTo.isBefore(mark.plus(SAY_SO_EVERY))) {
      return more;
    }
    // Hits at that very moment may still come in this order.
    Instant to = judgedTo.isAfter(mark) ? judgedTo : mark;
    Optional<List<VerdictCount>> recorded =
        verdicts.record(List.copyOf(given), Judge.RULES_VERSION, mark, to);
    given.clear();
    if (recorded.isEmpty()) {
      judge = null;
      return true;
    }
    mark = to;
    counts.addAll(recorded.get());
    return more;
  }

  /** Reads again what can still matter. */
  private void start() {
    mark = verdicts.judgedTo();
    given.clear();
    judge = new Judge(scanners, one -> given.add(verdict(one)));
    // What was taken without a verdict comes again, since it is later than the mark.
    verdicts.read(
        mark.minus(Judge.MEMORY),
        mark,
        hit -> {
          if (hit.namesSomebody()) {
            judge.take(hit(hit));
          }
        });
    given.clear();
    fedTo = mark;
    fed = LAST;
  }

  /** Hits that were stored when those of their time had been judged. */
  private boolean late(List<VerdictCount> counts) {
    Optional<Instant> oldest = verdicts.oldestUnjudged(mark);
    if (oldest.isEmpty()) {
      return false;
    }
    Instant from = oldest.get();
    Instant end = from.plus(LATE_AT_ONCE);
    Instant to = end.isBefore(mark) ? end : mark;
    List<HitVerdict> found = new ArrayList<>();
    Judge again =
        new Judge(
            scanners,
            one -> {
              StoredHit hit = stored(one);
              if (hit.reason() == null && !hit.at().isAfter(to)) {
                found.add(verdict(one));
              }
            });
    verdicts.read(
        from.minus(Judge.MEMORY),
        to.plus(Judge.FINAL_AFTER),
        hit -> {
          if (hit.namesSomebody()) {
            again.take(hit(hit));
          }
        });
    again.advance(to.plus(Judge.FINAL_AFTER));
    for (int i = 0; i < found.size(); i += MOST) {
      counts.addAll(
          verdicts.record(found.subList(i, Math.min(found.size(), i + MOST)), Judge.RULES_VERSION));
    }
    return true;
  }

  private boolean unnamed(List<VerdictCount> counts) {
    List<StoredHit> hits = verdicts.unnamed(MOST);
    counts.addAll(
        verdicts.record(
            hits.stream().map(hit -> verdict(hit, reason(hit))).toList(), Judge.RULES_VERSION));
    return hits.size() == MOST;
  }

  /**
   * Gives hits that have a verdict the one that the present rules give, and counts anew what
   * changes.
   *
   * @param since of hits that came later
   * @return how many hits were looked at, and how many verdicts changed
   */
  public Rejudged rejudge(Instant since) {
    Instant end = verdicts.judgedTo();
    Comparison comparison = new Comparison();
    Judge again =
        new Judge(
            scanners,
            one -> {
              if (stored(one).at().isAfter(since)) {
                comparison.add(stored(one), one.reason());
              }
            });
    verdicts.read(
        since.minus(Judge.MEMORY),
        end.plus(Judge.FINAL_AFTER),
        hit -> {
          if (hit.namesSomebody()) {
            again.take(hit(hit));
          } else if (hit.at().isAfter(since)) {
            comparison.add(hit, reason(hit));
          }
        });
    again.advance(end.plus(Judge.FINAL_AFTER));
    comparison.record();
    if (comparison.confirmed) {
      verdicts.confirm(since, end.plus(Judge.FINAL_AFTER), Judge.RULES_VERSION);
    }
    return new Rejudged(comparison.hits, comparison.changed);
  }

  /**
   * What judging again came to.
   *
   * @param hits that were looked at
   * @param changed those whose verdict or reason is another one now
   */
  public record Rejudged(long hits, long changed) {}

  /** Verdicts as they are and as they should be. */
  private final class Comparison {
    private final List<HitVerdict> others = new ArrayList<>();
    private boolean confirmed;
    private long hits;
    private long changed;

    void add(StoredHit hit, Reason reason) {
      if (hit.reason() == null) {
        return;
      }
      hits++;
      if (!hit.reason().equals(reason.name()) && !hit.reason().equals(Reason.Evidence.name())) {
        changed++;
        others.add(verdict(hit, reason));
      } else if (hit.rules() != Judge.RULES_VERSION) {
        confirmed = true;
      }
      if (others.size() == MOST) {
        record();
      }
    }

    void record() {
      verdicts.change(List.copyOf(others), Judge.RULES_VERSION);
      others.clear();
    }
  }

  /** The mail that a hit is of. */
  private record Delivery(long runId, long profileId) {}

  private dev.lettershop.insight.verdict.Hit hit(StoredHit hit) {
    boolean open = hit.kind() == dev.lettershop.store.hit.HitKind.Open;
    return new dev.lettershop.insight.verdict.Hit(
        hit,
        new Delivery(hit.runId(), hit.profileId()),
        kind(hit),
        open ? 0 : hit.number(),
        open ? 1 : links.in(hit.runId(), hit.number()),
        hit.sent(),
        hit.at(),
        hit.method(),
        hit.prefetch(),
        agent(hit),
        hit.network());
  }

  private Reason reason(StoredHit hit) {
    return unnamed.unnamed(kind(hit), hit.method(), hit.prefetch(), agent(hit));
  }

  private static HitKind kind(StoredHit hit) {
    return HitKind.valueOf(hit.kind().name());
  }

  private static String agent(StoredHit hit) {
    return hit.agent() == null ? "" : hit.agent();
  }

  private static StoredHit stored(Judged one) {
    return (StoredHit) one.hit().id();
  }

  private static HitVerdict verdict(Judged one) {
    return verdict(stored(one), one.reason());
  }

  private static HitVerdict verdict(StoredHit hit, Reason reason) {
    return new HitVerdict(hit.day(), hit.id(), reason.verdict().name(), reason.name());
  }
}
