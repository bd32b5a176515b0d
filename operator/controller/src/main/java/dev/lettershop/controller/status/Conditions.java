package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The conditions of one resource while its status is computed. Immutable: every change gives
 * another one. Follows the Kubernetes API conventions: a transition time moves only when the status
 * does, {@code Reconciling} and {@code Stalled} are there only while they are true (kstatus).
 */
public final class Conditions {
  public static final String READY = "Ready";
  public static final String RECONCILING = "Reconciling";
  public static final String STALLED = "Stalled";
  public static final String RESOLVED_REFS = "ResolvedRefs";
  public static final String SUCCEEDED = "Succeeded";
  public static final String LAST_RUN_SUCCEEDED = "LastRunSucceeded";
  public static final String LAST_SYNC_SUCCEEDED = "LastSyncSucceeded";
  public static final String LAST_REFRESH_SUCCEEDED = "LastRefreshSucceeded";
  public static final String LAST_SCORING_SUCCEEDED = "LastScoringSucceeded";

  /** Whether the newest training of a model came to a version that is used. */
  public static final String TRAINED = "Trained";

  /** Whether the server of a remote model answered about everybody. */
  public static final String SERVER_ANSWERED = "ServerAnswered";

  public static final String LAST_RETENTION_SUCCEEDED = "LastRetentionSucceeded";
  public static final String LAST_BOUNCES_SUCCEEDED = "LastBouncesSucceeded";

  /** Some fields of the spec are not known to this version; there only while it is so. */
  public static final String UNKNOWN_FIELDS = "UnknownFields";

  /** Hard bounces jumped, and somebody has to decide about their addresses. */
  public static final String SUPPRESSIONS_HELD = "SuppressionsHeld";

  /** Longer messages are cut: nobody reads them, and every status write carries them. */
  static final int MAX_MESSAGE = 4_000;

  private static final List<String> ORDER =
      List.of(
          READY,
          RECONCILING,
          STALLED,
          RESOLVED_REFS,
          SUCCEEDED,
          LAST_RUN_SUCCEEDED,
          LAST_SYNC_SUCCEEDED,
          LAST_REFRESH_SUCCEEDED,
          LAST_SCORING_SUCCEEDED,
          TRAINED,
          SERVER_ANSWERED,
          LAST_BOUNCES_SUCCEEDED,
          SUPPRESSIONS_HELD,
          UNKNOWN_FIELDS);

  private static final Comparator<Condition> STABLE =
      Comparator.<Condition>comparingInt(
              c -> ORDER.contains(c.type()) ? ORDER.indexOf(c.type()) : ORDER.size())
          .thenComparing(Condition::type);

  /** As they stand at the API server: what transition times are held against. */
  private final List<Condition> present;

  private final List<Condition> list;
  private final Long generation;
  private final Instant now;

  private Conditions(List<Condition> present, List<Condition> list, Long generation, Instant now) {
    this.present = present;
    this.list = list;
    this.generation = generation;
    this.now = now;
  }

  /**
   * @param present the conditions as they stand in the resource's status; null is none
   * @param generation of the spec that is being judged; null when the server counts none
   */
  public static Conditions of(List<Condition> present, Long generation, Instant now) {
    List<Condition> list = sorted(present == null ? List.of() : present);
    return new Conditions(list, list, generation, now);
  }

  /** Sets one condition; its transition time stays when its status does. */
  public Conditions set(String type, ConditionStatus status, String reason, String message) {
    Objects.requireNonNull(reason);
    Condition before = find(present, type).orElse(null);
    boolean same =
        before != null && before.status() == status && before.lastTransitionTime() != null;
    List<Condition> changed = without(type);
    changed.add(
        new Condition(
            type,
            status,
            reason,
            bounded(message),
            same ? before.lastTransitionTime() : timestamp(now),
            generation));
    return new Conditions(present, sorted(changed), generation, now);
  }

  /** Takes one condition away, if it is there. */
  public Conditions remove(String type) {
    return new Conditions(present, sorted(without(type)), generation, now);
  }

  /** The resource can be used as written: {@code Ready=True}. */
  public Conditions ready(String reason, String message) {
    return set(READY, ConditionStatus.True, reason, message).remove(RECONCILING).remove(STALLED);
  }

  /**
   * Not there yet, but on the way without anybody's help: {@code Ready=False, Reconciling=True}.
   */
  public Conditions reconciling(String reason, String message) {
    return reconciling(ConditionStatus.False, reason, message);
  }

  /**
   * @param ready whether the resource can be used meanwhile; {@code Unknown} when that cannot be
   *     told, such as after an error of the API server
   */
  public Conditions reconciling(ConditionStatus ready, String reason, String message) {
    return set(READY, ready, reason, message)
        .set(RECONCILING, ConditionStatus.True, reason, message)
        .remove(STALLED);
  }

  /** Nothing will change until somebody changes something: {@code Ready=False, Stalled=True}. */
  public Conditions stalled(String reason, String message) {
    return set(READY, ConditionStatus.False, reason, message)
        .set(STALLED, ConditionStatus.True, reason, message)
        .remove(RECONCILING);
  }

  /** Adds to what {@code Ready} and {@code Stalled} say, when they are there. */
  public Conditions held(String addition) {
    Conditions changed = this;
    for (String type : List.of(READY, STALLED, RECONCILING)) {
      Condition present = changed.get(type).orElse(null);
      if (present != null) {
        changed =
            changed.set(
                type, present.status(), present.reason(), addition + "\n" + present.message());
      }
    }
    return changed;
  }

  /** Everything that is referred to is there: {@code ResolvedRefs=True}. */
  public Conditions resolvedRefs() {
    return set(RESOLVED_REFS, ConditionStatus.True, "Resolved", "All references are resolved.");
  }

  /**
   * @param reason what is missing, such as {@code SegmentNotFound}
   */
  public Conditions unresolvedRefs(String reason, String message) {
    return set(RESOLVED_REFS, ConditionStatus.False, reason, message);
  }

  public Optional<Condition> get(String type) {
    return find(list, type);
  }

  /** Whether the condition is there and has this status. */
  public boolean is(String type, ConditionStatus status) {
    return get(type).filter(c -> c.status() == status).isPresent();
  }

  /** At most one of a type, in an order that does not depend on how they came. */
  public List<Condition> list() {
    return list;
  }

  /** Generation of the spec that is being judged; null when the server counts none. */
  public Long generation() {
    return generation;
  }

  public Instant now() {
    return now;
  }

  /** RFC 3339 in UTC, to the second. */
  public static String timestamp(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  private List<Condition> without(String type) {
    List<Condition> others = new ArrayList<>(list);
    others.removeIf(c -> c.type().equals(type));
    return others;
  }

  private static List<Condition> sorted(List<Condition> conditions) {
    return conditions.stream().sorted(STABLE).toList();
  }

  private static String bounded(String message) {
    String text = message == null ? "" : message;
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
