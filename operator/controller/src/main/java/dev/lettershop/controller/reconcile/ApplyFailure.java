package dev.lettershop.controller.reconcile;

import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.status.Conditions;
import java.time.Duration;
import java.util.Optional;

/**
 * What keeps an object from being made or changed.
 *
 * @param reason in CamelCase
 * @param passing whether it goes away by itself
 */
public record ApplyFailure(String reason, String message, boolean passing) {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Empty when the object is as desired now. */
  public static Optional<ApplyFailure> in(Applied<?> applied) {
    if (applied instanceof Applied.Conflict<?> conflict) {
      String object = conflict.kind() + " " + conflict.name();
      return Optional.of(
          conflict.vanishing()
              ? new ApplyFailure(
                  "NameConflict", "Waiting for the former " + object + " to go", true)
              : new ApplyFailure("NameConflict", taken(object), false));
    }
    if (applied instanceof Applied.Refused<?> refused) {
      return Optional.of(
          new ApplyFailure(
              "Refused",
              "The API server refuses "
                  + refused.kind()
                  + " "
                  + refused.name()
                  + ": "
                  + refused.message(),
              false));
    }
    return Optional.empty();
  }

  /** What to say when an object that has to be made exists already and is somebody else's. */
  public static String taken(String object) {
    return object + " exists and is not ours; delete or rename it, or rename this resource";
  }

  public Conditions applyTo(Conditions before) {
    return passing ? before.reconciling(reason, message) : before.stalled(reason, message);
  }

  /** When to try again without having been woken; somebody else's objects tell us nothing. */
  public Duration again() {
    return passing ? AGAIN : AGAIN.multipliedBy(12);
  }
}
