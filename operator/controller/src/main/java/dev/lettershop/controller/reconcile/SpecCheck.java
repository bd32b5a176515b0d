package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.controller.cluster.Watched;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.plan.CheckResult;
import dev.lettershop.plan.PlanCompiler;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reconciles a kind from which nothing is made: compile it, say what is wrong.
 *
 * @param check what the compiler says of a resource of that name
 * @param conditions of a status
 * @param status of an observed generation and conditions
 */
public record SpecCheck<S, R extends CustomResource<?, S>>(
    Desk desk,
    Watched<R> kind,
    BiFunction<PlanCompiler, String, CheckResult> check,
    Function<S, List<Condition>> conditions,
    BiFunction<Long, List<Condition>, S> status) {

  public UpdateControl<R> reconcile(R trigger) {
    Optional<R> current = desk.cache().current(kind, trigger);
    if (current.isEmpty() || current.get().isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    R resource = current.get();
    CheckResult result =
        desk.compile(
            resource,
            compiler -> check.apply(compiler, resource.getMetadata().getName()),
            CheckResult::references);
    Verdict verdict = desk.verdict(resource, result.diagnostics(), result.references());
    desk.write(resource, latest -> judged(latest, verdict), conditions);
    return again(verdict, resource);
  }

  private S judged(R resource, Verdict verdict) {
    Conditions judged = judge(resource, verdict);
    return status.apply(judged.generation(), judged.list());
  }

  private Conditions judge(R resource, Verdict verdict) {
    List<Condition> present =
        resource.getStatus() == null ? List.of() : conditions.apply(resource.getStatus());
    return verdict.applyTo(desk.conditions(resource, present), "Ready", "Can be used as written");
  }

  private UpdateControl<R> again(Verdict verdict, R resource) {
    Duration wait = verdict.untilLate(judge(resource, verdict));
    UpdateControl<R> control = UpdateControl.noUpdate();
    return wait == null ? control : control.rescheduleAfter(wait);
  }
}
