package dev.lettershop.controller.reconcile;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.Dependents;
import dev.lettershop.controller.cluster.WakeSources;
import dev.lettershop.controller.compile.Compilers;
import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.event.Events;
import dev.lettershop.controller.event.Transitions;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.StatusWriter;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.References;
import dev.lettershop.plan.compile.PlanCompiler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What every reconciler has at hand. */
public final class ReconcilerTools {
  private final ClusterCache cache;
  private final Dependents dependents;
  private final WakeSources wakes;
  private final Compilers compilers;
  private final StatusWriter writer;
  private final Events events;
  private final Failures failures;
  private final Clock clock;
  private final Duration grace;

  /**
   * @param grace how long a reference may lead nowhere before that counts as a mistake
   */
  public ReconcilerTools(
      ClusterCache cache,
      Dependents dependents,
      WakeSources wakes,
      Compilers compilers,
      StatusWriter writer,
      Events events,
      Failures failures,
      Clock clock,
      Duration grace) {
    this.cache = cache;
    this.dependents = dependents;
    this.wakes = wakes;
    this.compilers = compilers;
    this.writer = writer;
    this.events = events;
    this.failures = failures;
    this.clock = clock;
    this.grace = grace;
  }

  public ClusterCache cache() {
    return cache;
  }

  public WakeSources wakes() {
    return wakes;
  }

  /** Counts what could not be reconciled. */
  public Failures failures() {
    return failures;
  }

  public Clock clock() {
    return clock;
  }

  /**
   * Compiles, and sees to it that the resource is reconciled again when something changes that the
   * result depends on, also when that happens meanwhile.
   */
  public <R> R compile(
      HasMetadata resource, Function<PlanCompiler, R> work, Function<R, References> references) {
    String namespace = resource.getMetadata().getNamespace();
    ResourceRef self = ref(resource);
    long version = compilers.version(namespace);
    R result = compilers.with(resource, work);
    dependents.note(namespace, self, references.apply(result).all());
    if (compilers.version(namespace) != version) {
      wakes.wake(namespace, self);
    }
    return result;
  }

  /** Judges a resource by what was found. */
  public Verdict verdict(HasMetadata self, List<Diagnostic> diagnostics, References references) {
    return new Verdict(ref(self), diagnostics, references, grace);
  }

  /** The conditions of a resource, to be judged now. */
  public Conditions conditions(HasMetadata resource, List<Condition> present) {
    return Conditions.of(present, resource.getMetadata().getGeneration(), clock.instant());
  }

  /**
   * Writes a status when it says something new, and records what that means as Events.
   *
   * @param compute the status, from the resource as it stands when it is written
   */
  public <S, R extends CustomResource<?, S>> void write(
      R resource, Function<R, S> compute, Function<S, List<Condition>> conditions) {
    StatusWriter.Result result = writer.write(resource, compute);
    if (result == StatusWriter.Result.WRITTEN) {
      List<Condition> before =
          resource.getStatus() == null ? List.of() : conditions.apply(resource.getStatus());
      events.record(
          resource, Transitions.between(before, conditions.apply(compute.apply(resource))));
    }
  }

  public void record(HasMetadata resource, EventReason reason, String message) {
    events.record(resource, reason, message);
  }

  public static ResourceRef ref(HasMetadata resource) {
    return new ResourceRef(resource.getKind(), resource.getMetadata().getName());
  }

  /** Names of what a resource depends on, for those that are compiled by other means. */
  public void note(HasMetadata resource, Set<ResourceRef> on) {
    dependents.note(resource.getMetadata().getNamespace(), ref(resource), on);
  }
}
