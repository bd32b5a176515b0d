package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.controller.apply.EndingNamespace;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.cluster.WatchedObjects;
import dev.lettershop.controller.status.Conditions;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the reconcilers of all kinds have in common: they look at the object as the cache shows it,
 * and nothing that is thrown stays unseen. The operator SDK never calls a resource again of which
 * an {@link Error} left the reconciler, so it only ever gets exceptions, which it retries.
 */
public abstract class KindReconciler<R extends CustomResource<?, S>, S> implements Reconciler<R> {
  private static final Logger LOG = LoggerFactory.getLogger(KindReconciler.class);

  private final ReconcilerTools tools;
  private final Class<R> type;
  private final WatchedObjects<R> kind;

  /**
   * @param kind the cache of the kind
   */
  protected KindReconciler(ReconcilerTools tools, Class<R> type, WatchedObjects<R> kind) {
    this.tools = tools;
    this.type = type;
    this.kind = kind;
  }

  protected final ReconcilerTools tools() {
    return tools;
  }

  /**
   * Brings the cluster to what the resource says, and writes its status.
   *
   * @return when to look again without having been woken
   */
  protected abstract Requeue settle(R resource);

  /** Does what can be done for a resource whose spec cannot be read: what is there stays. */
  protected void leave(R unreadable) {}

  /** The conditions in a status. */
  protected abstract List<Condition> conditions(S status);

  /**
   * A status with other conditions, and otherwise as it stands.
   *
   * @param before null when there is none yet
   */
  protected abstract S with(S before, Long generation, List<Condition> conditions);

  /** The status of a resource that could not be reconciled. */
  protected S failed(R resource, Failure failure) {
    Conditions judged = failure.applyTo(before(resource));
    return with(resource.getStatus(), judged.generation(), judged.list());
  }

  /** The conditions of a resource as they stand, to be judged now. */
  protected final Conditions before(R resource) {
    return tools.conditions(
        resource, resource.getStatus() == null ? List.of() : conditions(resource.getStatus()));
  }

  /** Writes a status when it says something new; see {@link ReconcilerTools#write}. */
  protected final void write(R resource, Function<R, S> compute) {
    tools.write(resource, latest -> noted(latest, compute.apply(latest)), this::conditions);
  }

  /** Says which fields of the resource are not known, so that they have no effect. */
  private S noted(R latest, S status) {
    String unknown = OwnershipLabels.unknownFields(latest);
    Conditions before = tools.conditions(latest, conditions(status));
    if (unknown == null && before.get(Conditions.UNKNOWN_FIELDS).isEmpty()) {
      return status;
    }
    Conditions noted =
        unknown == null
            ? before.remove(Conditions.UNKNOWN_FIELDS)
            : before.set(
                Conditions.UNKNOWN_FIELDS,
                ConditionStatus.True,
                "NewerVersion",
                "Have no effect, because this version of the controller does not know them: "
                    + unknown
                    + "; upgrade the controller");
    return with(status, noted.generation(), noted.list());
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    return List.of(tools.wakes().of(type));
  }

  @Override
  public UpdateControl<R> reconcile(R trigger, Context<R> context) {
    try {
      Optional<R> current = tools.cache().current(kind, trigger);
      if (current.isEmpty() || current.get().isMarkedForDeletion()) {
        return UpdateControl.noUpdate();
      }
      String unreadable = OwnershipLabels.unreadable(current.get());
      if (unreadable == null) {
        return settle(current.get()).control();
      }
      leave(current.get());
      Failure failure = Failure.unreadable(unreadable);
      write(current.get(), latest -> failed(latest, failure));
      return UpdateControl.noUpdate();
    } catch (KubernetesClientException e) {
      if (!EndingNamespace.refused(e)) {
        throw e;
      }
      LOG.debug("Namespace {} is being deleted", trigger.getMetadata().getNamespace());
      return UpdateControl.noUpdate();
    } catch (Error e) {
      throw new CaughtError(e);
    }
  }

  @Override
  public ErrorStatusUpdateControl<R> updateErrorStatus(
      R resource, Context<R> context, Exception exception) {
    Failure failure = Failure.of(exception);
    tools.failures().count(resource.getKind(), failure.reason());
    if (failure.isWorthShowing(context)) {
      try {
        write(resource, latest -> failed(latest, failure));
      } catch (RuntimeException | StackOverflowError e) {
        LOG.warn(
            "That {} {}/{} fails could not be written either: {}",
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName(),
            e.toString());
      }
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
