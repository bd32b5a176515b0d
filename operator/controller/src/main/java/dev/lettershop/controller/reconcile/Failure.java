package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.api.v1alpha1.ConditionStatus;
import dev.lettershop.controller.status.Conditions;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows in the status that reconciling fails and is tried again, once it has failed for a while.
 */
public final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
  private static final String REASON = "RetryingAfterError";

  /** Sooner it would only flicker: a conflict or a short outage is over by then. */
  private static final int ATTEMPTS = 3;

  private Failure() {}

  /**
   * @param conditions of a status
   * @param status of an observed generation and conditions
   */
  public static <S, R extends CustomResource<?, S>> ErrorStatusUpdateControl<R> show(
      Desk desk,
      R resource,
      Context<R> context,
      Exception failure,
      Function<S, List<Condition>> conditions,
      BiFunction<Long, List<Condition>, S> status) {
    return show(
        desk,
        resource,
        context,
        failure,
        conditions,
        (before, judged) -> status.apply(judged.generation(), judged.list()),
        Conditions.READY);
  }

  /**
   * @param status of the status before, which may be null, and the conditions now
   * @param type of the condition that says how it stands
   */
  public static <S, R extends CustomResource<?, S>> ErrorStatusUpdateControl<R> show(
      Desk desk,
      R resource,
      Context<R> context,
      Exception failure,
      Function<S, List<Condition>> conditions,
      BiFunction<S, Conditions, S> status,
      String type) {
    int attempts = context.getRetryInfo().map(retry -> retry.getAttemptCount()).orElse(0);
    if (attempts >= ATTEMPTS) {
      String message = message(failure);
      try {
        desk.write(
            resource,
            latest -> {
              S before = latest.getStatus();
              Conditions judged =
                  desk.conditions(latest, before == null ? List.of() : conditions.apply(before));
              return status.apply(
                  before,
                  type.equals(Conditions.READY)
                      ? judged.reconciling(ConditionStatus.Unknown, REASON, message)
                      : judged.set(type, ConditionStatus.Unknown, REASON, message));
            },
            conditions);
      } catch (RuntimeException e) {
        LOG.warn(
            "That {} {}/{} fails could not be written either: {}",
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName(),
            e.getMessage());
      }
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** What the server says about it; other messages may hold anything. */
  private static String message(Exception failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof KubernetesClientException refused
          && refused.getStatus() != null
          && refused.getStatus().getMessage() != null) {
        return "The API server says: " + refused.getStatus().getMessage();
      }
      cause = cause.getCause();
    }
    return "Failed with " + failure.getClass().getSimpleName() + "; see the controller's log";
  }
}
