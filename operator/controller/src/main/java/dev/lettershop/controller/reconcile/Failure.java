package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.api.v1alpha1.ConditionStatus;
import dev.lettershop.controller.status.Conditions;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
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
  public static final String REASON = "RetryingAfterError";

  /** Sooner it would only flicker: a conflict or a short outage is over by then. */
  private static final int ATTEMPTS = 3;

  private Failure() {}

  /**
   * @param conditions of a status
   * @param status of the resource as it stands and the conditions that say so
   */
  public static <S, R extends CustomResource<?, S>> ErrorStatusUpdateControl<R> show(
      Desk desk,
      R resource,
      Context<R> context,
      Exception failure,
      Function<S, List<Condition>> conditions,
      BiFunction<S, Conditions, S> status) {
    return show(
        desk,
        resource,
        context,
        conditions,
        latest ->
            status.apply(
                latest.getStatus(),
                desk.conditions(
                        latest,
                        latest.getStatus() == null
                            ? List.of()
                            : conditions.apply(latest.getStatus()))
                    .reconciling(ConditionStatus.Unknown, REASON, message(failure))));
  }

  /** The same for a status that says in another way how it stands. */
  public static <S, R extends CustomResource<?, S>> ErrorStatusUpdateControl<R> show(
      Desk desk,
      R resource,
      Context<R> context,
      Function<S, List<Condition>> conditions,
      Function<R, S> status) {
    int attempts = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
    if (attempts >= ATTEMPTS) {
      try {
        desk.write(resource, status, conditions);
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
  public static String message(Exception failure) {
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
