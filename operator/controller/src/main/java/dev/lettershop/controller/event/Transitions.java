package dev.lettershop.controller.event;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.Obstacles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which Events a change of conditions is worth. */
public final class Transitions {
  private static final String SUSPENDED = "Suspended";
  private static final String MISSED = "Missed";
  private static final String ROLLING_OUT = "RollingOut";
  private static final Set<String> SKIPPED = Set.of("Skipped", "StartingDeadlineExceeded");
  private static final Set<String> STARTED = Set.of("Syncing", "Freezing", "Sending");
  private static final Set<String> FAILING_PODS = Set.of("Retry", "PodFailed");
  private static final String RELAY_FAILING = "RelayFailing";

  /** Reasons of a run that has started already, so that going on is not a start. */
  private static final Set<String> BEGUN =
      Stream.of(STARTED, FAILING_PODS, Set.of(RELAY_FAILING, "WaitingForDueTime"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private Transitions() {}

  /**
   * Empty when no status and no reason changed; a message alone is worth nothing.
   *
   * @param before null or empty at the first visit
   */
  public static List<Transition> between(List<Condition> before, List<Condition> after) {
    List<Condition> past = before == null ? List.of() : before;
    return after.stream()
        .filter(now -> changed(find(past, now.type()), now))
        .flatMap(now -> of(past, find(past, now.type()).orElse(null), now).stream())
        .toList();
  }

  private static Optional<Transition> of(List<Condition> past, Condition before, Condition now) {
    Optional<EventReason> reason =
        switch (now.type()) {
          case Conditions.READY -> ready(past, before, now);
          case Conditions.STALLED -> stalled(now);
          case Conditions.SUCCEEDED -> run(before, now);
          case Conditions.LAST_RUN_SUCCEEDED ->
              repeated(before, now, EventReason.RunSucceeded, EventReason.RunFailed);
          case Conditions.LAST_SYNC_SUCCEEDED ->
              repeated(before, now, EventReason.SyncSucceeded, EventReason.SyncFailed);
          case Conditions.LAST_REFRESH_SUCCEEDED ->
              repeated(before, now, EventReason.RefreshSucceeded, EventReason.RefreshFailed);
          case Conditions.LAST_SCORING_SUCCEEDED ->
              repeated(before, now, EventReason.ScoringSucceeded, EventReason.ScoringFailed);
          case Conditions.TRAINED ->
              now.status() == ConditionStatus.False
                  ? Optional.of(EventReason.VersionRefused)
                  : Optional.empty();
          case Conditions.UNKNOWN_FIELDS -> Optional.of(EventReason.UnknownFields);
          default -> Optional.empty();
        };
    return reason.map(r -> new Transition(r, now.message()));
  }

  private static Optional<EventReason> ready(
      List<Condition> past, Condition before, Condition now) {
    if (now.status() == ConditionStatus.True) {
      if (now.reason().equals(SUSPENDED)) {
        return Optional.of(EventReason.CampaignSuspended);
      }
      if (now.reason().equals(MISSED)) {
        return Optional.of(EventReason.RunSkipped);
      }
      if (isTrue(before)) {
        return before.reason().equals(SUSPENDED)
            ? Optional.of(EventReason.CampaignResumed)
            : Optional.empty();
      }
      return wasReported(past, before) ? Optional.of(EventReason.Ready) : Optional.empty();
    }
    if (now.status() == ConditionStatus.Unknown) {
      return Optional.empty();
    }
    // Tools apply in any order: a reference that leads nowhere is news when it still does later.
    return isMissing(now.reason()) || now.reason().equals(ROLLING_OUT)
        ? Optional.empty()
        : Optional.of(applyFailure(now.reason()).orElse(EventReason.NotReady));
  }

  /** That all is well is news only where it was news that something was wrong. */
  private static boolean wasReported(List<Condition> past, Condition ready) {
    return ready != null
        && ready.status() == ConditionStatus.False
        && (!isMissing(ready.reason()) || isTrue(find(past, Conditions.STALLED).orElse(null)));
  }

  private static Optional<EventReason> stalled(Condition now) {
    return isMissing(now.reason()) ? Optional.of(EventReason.ReferenceNotFound) : Optional.empty();
  }

  private static boolean isMissing(String reason) {
    return reason.endsWith("NotFound");
  }

  /** Reasons that mean the same wherever they stand. */
  private static Optional<EventReason> applyFailure(String reason) {
    return switch (reason) {
      case "Invalid", "InvalidCampaign" -> Optional.of(EventReason.Invalid);
      case "NameConflict" -> Optional.of(EventReason.NameConflict);
      case "Unreadable" -> Optional.of(EventReason.Unreadable);
      case "InternalError" -> Optional.of(EventReason.InternalError);
      case "ApplyFailed", "Refused" -> Optional.of(EventReason.ApplyFailed);
      default -> isMissing(reason) ? Optional.of(EventReason.ReferenceNotFound) : Optional.empty();
    };
  }

  private static Optional<EventReason> run(Condition before, Condition now) {
    return switch (now.status()) {
      case True -> Optional.of(EventReason.RunSucceeded);
      case False ->
          Optional.of(
              SKIPPED.contains(now.reason())
                  ? EventReason.RunSkipped
                  : applyFailure(now.reason()).orElse(EventReason.RunFailed));
      case Unknown -> underWay(before, now);
    };
  }

  private static Optional<EventReason> underWay(Condition before, Condition now) {
    if (Obstacles.REASONS.contains(now.reason())) {
      return stuck(before) ? Optional.empty() : Optional.of(EventReason.PodsNotStarting);
    }
    if (now.reason().equals(SUSPENDED)) {
      return Optional.of(EventReason.RunSuspended);
    }
    if (FAILING_PODS.contains(now.reason())) {
      return Optional.of(EventReason.PodFailed);
    }
    if (now.reason().equals(RELAY_FAILING)) {
      return Optional.of(EventReason.RelayFailing);
    }
    Optional<EventReason> applyFailure = applyFailure(now.reason());
    if (applyFailure.isPresent()) {
      return applyFailure;
    }
    if (!STARTED.contains(now.reason()) || before != null && BEGUN.contains(before.reason())) {
      return Optional.empty();
    }
    return Optional.of(
        before != null && before.reason().equals(SUSPENDED)
            ? EventReason.RunResumed
            : EventReason.RunStarted);
  }

  /** What is done again and again: only a change of the outcome is news. */
  private static Optional<EventReason> repeated(
      Condition before, Condition now, EventReason good, EventReason bad) {
    if (now.status() == ConditionStatus.Unknown) {
      return Obstacles.REASONS.contains(now.reason()) && !stuck(before)
          ? Optional.of(EventReason.PodsNotStarting)
          : Optional.empty();
    }
    if (before != null && before.status() == now.status() && isTrue(now)) {
      return Optional.empty();
    }
    return Optional.of(isTrue(now) ? good : bad);
  }

  private static boolean changed(Optional<Condition> before, Condition now) {
    return before
        .filter(c -> c.status() == now.status() && c.reason().equals(now.reason()))
        .isEmpty();
  }

  private static boolean stuck(Condition condition) {
    return condition != null && Obstacles.REASONS.contains(condition.reason());
  }

  private static boolean isTrue(Condition condition) {
    return condition != null && condition.status() == ConditionStatus.True;
  }

  private static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }
}
