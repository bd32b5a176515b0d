package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.controller.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;

/**
 * Why a resource could not be reconciled. It is tried again in any case.
 *
 * @param reason in CamelCase
 * @param message for people; no personal data
 * @param passing whether the API server is at fault, so that it goes away by itself
 */
public record Failure(String reason, String message, boolean passing) {
  /** The API server did not do what it was asked. */
  public static final String RETRYING = "RetryingAfterError";

  /** The controller failed; nothing the API server did explains it. */
  public static final String INTERNAL = "InternalError";

  /** A newer version wrote what this one does not understand. */
  public static final String UNREADABLE = "Unreadable";

  /** Sooner it would only flicker: a conflict or a short outage is over by then. */
  private static final int ATTEMPTS = 3;

  /**
   * The resource itself cannot be read.
   *
   * @param field whose value this version does not understand
   */
  static Failure unreadable(String field) {
    return new Failure(
        UNREADABLE,
        field
            + ": this version of the controller cannot read the value; upgrade the controller, or"
            + " write what its CRDs allow. What was there before goes on",
        false);
  }

  static Failure of(Exception exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused) {
        return new Failure(RETRYING, message(refused), true);
      }
    }
    String what =
        exception instanceof CaughtError
            ? exception.getMessage().split("[:\\s]", 2)[0].replaceFirst("^.*\\.", "")
            : exception.getClass().getSimpleName();
    return new Failure(
        INTERNAL,
        "The controller failed with "
            + what
            + ", see its log; it tries again. What ran before goes on",
        false);
  }

  /** What the server says about it; other messages may hold anything. */
  private static String message(KubernetesClientException refused) {
    return refused.getStatus() != null && refused.getStatus().getMessage() != null
        ? "The API server says: " + refused.getStatus().getMessage()
        : "The API server could not be asked; see the controller's log";
  }

  boolean isWorthShowing(Context<?> context) {
    return !passing || context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0) >= ATTEMPTS;
  }

  Conditions applyTo(Conditions before) {
    return passing
        ? before.reconciling(ConditionStatus.Unknown, reason, message)
        : before.stalled(reason, message);
  }
}
