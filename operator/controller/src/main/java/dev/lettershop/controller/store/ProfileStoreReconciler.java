package dev.lettershop.controller.store;

import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.ProfileStoreStatus;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.SpecCheck;
import dev.lettershop.plan.PlanCompiler;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says whether a ProfileStore can be used as written. */
@ControllerConfiguration(
    name = "profilestore",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class ProfileStoreReconciler implements Reconciler<ProfileStore> {
  private final Desk desk;
  private final SpecCheck<ProfileStoreStatus, ProfileStore> check;

  public ProfileStoreReconciler(Desk desk) {
    this.desk = desk;
    this.check =
        new SpecCheck<>(
            desk,
            desk.cache().stores(),
            PlanCompiler::store,
            ProfileStoreStatus::conditions,
            ProfileStoreStatus::new);
  }

  @Override
  public List<EventSource<?, ProfileStore>> prepareEventSources(
      EventSourceContext<ProfileStore> context) {
    return List.of(desk.wakes().of(ProfileStore.class));
  }

  @Override
  public UpdateControl<ProfileStore> reconcile(
      ProfileStore resource, Context<ProfileStore> context) {
    return check.reconcile(resource);
  }

  @Override
  public ErrorStatusUpdateControl<ProfileStore> updateErrorStatus(
      ProfileStore resource, Context<ProfileStore> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        ProfileStoreStatus::conditions,
        (before, judged) -> new ProfileStoreStatus(judged.generation(), judged.list()));
  }
}
