package dev.lettershop.delivery;

import dev.lettershop.delivery.pipeline.DeliveryLedger;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.pace.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A ledger that checks every change of state against architecture's rules. */
public class InMemoryLedger implements DeliveryLedger {
  private static final class Row {
    DeliveryState state = DeliveryState.Planned;
    String email;
    String code;
    int attempts;
    Instant dueAt;
  }

  private final Map<Long, Row> rows = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> resting = new TreeMap<>();
  private volatile boolean lost;
  private volatile boolean asleep;
  private int perSecond;
  private Instant freeAt = Instant.now();

  public static InMemoryLedger of(int recipients) {
    InMemoryLedger ledger = new InMemoryLedger();
    for (int i = 1; i <= recipients; i++) {
      ledger.add(i, "p" + i + "@example.com");
    }
    return ledger;
  }

  public synchronized void add(long profileId, String email) {
    Row row = new Row();
    row.email = email;
    rows.put(profileId, row);
  }

  @Override
  public synchronized List<Recipient> claim(int limit) {
    Instant now = Instant.now();
    List<Recipient> claimed = new ArrayList<>();
    rows.forEach(
        (id, row) -> {
          boolean open = row.state == DeliveryState.Deferred || row.state == DeliveryState.Planned;
          boolean due = row.dueAt == null || !row.dueAt.isAfter(now);
          if (claimed.size() < limit && open && due) {
            row.dueAt = null;
            row.state = DeliveryState.Claimed;
            claimed.add(
                new Recipient(id, null, row.attempts, row.email, new Profile(Map.of(), List.of())));
          }
        });
    return claimed;
  }

  @Override
  public synchronized Set<Long> markSending(Collection<Long> profileIds) {
    Set<Long> ours = new HashSet<>();
    for (Long id : profileIds) {
      Row row = rows.get(id);
      if (row.state == DeliveryState.Claimed) {
        row.state = DeliveryState.Sending;
        row.attempts++;
        ours.add(id);
      }
    }
    return ours;
  }

  @Override
  public synchronized void record(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      Row row = rows.get(outcome.profileId());
      boolean handedOver =
          outcome.state() == DeliveryState.Sent || outcome.state() == DeliveryState.Uncertain;
      if (row.state != DeliveryState.Sending
          && (handedOver || row.state != DeliveryState.Claimed)) {
        violations.add(row.state + " -> " + outcome.state());
      }
      boolean notMade =
          row.state == DeliveryState.Claimed && outcome.state() == DeliveryState.Deferred;
      row.attempts += notMade ? 1 : 0;
      row.state = outcome.state();
      row.code = outcome.code();
      row.dueAt = outcome.retryAfter() == null ? null : Instant.now().plus(outcome.retryAfter());
    }
  }

  @Override
  public synchronized void release(Collection<Long> profileIds) {
    for (Long id : profileIds) {
      Row row = rows.get(id);
      if (row.state == DeliveryState.Sending) {
        row.attempts--;
      } else if (row.state != DeliveryState.Claimed) {
        violations.add(row.state + " -> released");
      }
      row.state = DeliveryState.Planned;
    }
  }

  @Override
  public synchronized void postpone(Map<Long, Duration> waits) {
    release(waits.keySet());
    waits.forEach(
        (id, wait) -> {
          if (!wait.isZero()) {
            rows.get(id).dueAt = Instant.now().plus(wait);
          }
        });
  }

  @Override
  public synchronized Slots slots() {
    if (perSecond == 0) {
      return null;
    }
    int count = Math.max(1, perSecond / 10);
    Instant now = Instant.now();
    if (freeAt.isAfter(now.plusSeconds(1))) {
      return new Slots(0, Duration.ofMillis(20), Duration.ZERO);
    }
    Instant start = freeAt.isBefore(now) ? now : freeAt;
    Duration spacing = Duration.ofSeconds(1).dividedBy(perSecond);
    freeAt = start.plus(spacing.multipliedBy(count));
    return new Slots(count, Duration.between(now, start), spacing);
  }

  /** 0 for no limit. */
  public synchronized void limit(int mostPerSecond) {
    perSecond = mostPerSecond;
  }

  @Override
  public synchronized void rest(String domain, int failures, Duration time) {
    resting.put(domain, failures);
  }

  @Override
  public synchronized void endRest(String domain) {
    resting.remove(domain);
  }

  synchronized Map<String, Integer> resting() {
    return Map.copyOf(resting);
  }

  @Override
  public boolean mayHandOver() {
    return !asleep;
  }

  /** As if this process had stood still for longer than its lease. */
  void sleep() {
    asleep = true;
  }

  @Override
  public synchronized Optional<Duration> untilNextDue() {
    Instant now = Instant.now();
    return rows.values().stream()
        .filter(row -> row.state == DeliveryState.Deferred || row.state == DeliveryState.Planned)
        .filter(row -> row.dueAt != null)
        .map(row -> row.dueAt)
        .min(Comparator.naturalOrder())
        .map(due -> due.isBefore(now) ? Duration.ZERO : Duration.between(now, due));
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  public void lose() {
    lost = true;
  }

  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  public synchronized Map<DeliveryState, Integer> counts() {
    Map<DeliveryState, Integer> counts = new EnumMap<>(DeliveryState.class);
    rows.values().forEach(row -> counts.merge(row.state, 1, Integer::sum));
    return counts;
  }

  public synchronized DeliveryState state(long profileId) {
    return rows.get(profileId).state;
  }

  public synchronized String code(long profileId) {
    return rows.get(profileId).code;
  }

  synchronized String email(long profileId) {
    return rows.get(profileId).email;
  }

  public synchronized int attempts(long profileId) {
    return rows.get(profileId).attempts;
  }

  synchronized Set<Long> profileIds() {
    return Set.copyOf(rows.keySet());
  }
}
