package dev.lettershop.controller.reconcile;

import dev.lettershop.controller.cluster.WatchedObjects;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.Obstacle;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.References;
import dev.lettershop.plan.compile.PlanCompiler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reconciles a kind that is checked, and worked on by one CronJob when it says when: a plan, the
 * CronJob that follows it, and a status from the newest Jobs.
 */
public abstract class PeriodicReconciler<R extends CustomResource<?, S>, S>
    extends KindReconciler<R, S> {
  private final CronWork work;
  private final ObstacleSearch obstacles;
  private final String label;

  /**
   * @param kind the cache of the kind
   * @param label under which what is made names the resource
   */
  protected PeriodicReconciler(
      ReconcilerTools tools,
      Class<R> type,
      WatchedObjects<R> kind,
      CronWork work,
      ObstacleSearch obstacles,
      String label) {
    super(tools, type, kind);
    this.work = work;
    this.obstacles = obstacles;
    this.label = label;
  }

  /** Makes a CronJob that follows the plan in a ConfigMap. */
  @FunctionalInterface
  protected interface CronJobOfPlan {
    /**
     * @param hash of the plan: {@code sha256:} and 64 hexadecimal digits
     */
    CronJob make(String configMap, String hash);
  }

  /**
   * What the compiler made of a resource.
   *
   * @param files the plan; null when there is none, or nothing is to be done periodically
   */
  protected record PlannedWork(
      List<Diagnostic> diagnostics, References references, PlanFiles files, CronJobOfPlan cronJob) {
    public PlannedWork {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** What is known of the work that was done. */
  protected record Done(List<Job> jobs, List<Pod> pods, Obstacle obstacle) {}

  protected abstract PlannedWork compile(PlanCompiler compiler, R resource);

  /** Whether the resource says when it is to be worked on. */
  protected abstract boolean isPeriodic(R resource);

  /** What is wrong with when it is to be worked on. */
  protected abstract List<FieldProblem> schedule(R resource);

  protected abstract S status(R latest, Conditions judged, Done done);

  @Override
  protected Requeue settle(R resource) {
    PlannedWork compiled =
        tools().compile(resource, compiler -> compile(compiler, resource), PlannedWork::references);
    List<Diagnostic> found = new ArrayList<>(compiled.diagnostics());
    schedule(resource).forEach(problem -> found.add(problem.at(ReconcilerTools.ref(resource))));
    Verdict verdict = tools().verdict(resource, found, compiled.references());
    Optional<ApplyFailure> applyFailure = apply(resource, compiled, verdict.isSound());

    List<Job> jobs = work.jobs(resource, label);
    List<Pod> pods = work.pods(jobs);
    var obstacle = obstacles.search(Requeue.newest(jobs), pods, tools().clock().instant());
    Done done = new Done(jobs, pods, obstacle.obstacle());
    write(resource, latest -> status(latest, judge(latest, verdict, applyFailure), done));
    return Requeue.of(
        verdict.untilLate(judge(resource, verdict, applyFailure)),
        obstacle.again(),
        applyFailure.map(ApplyFailure::again).orElse(null));
  }

  /** Without a plan, what is there stays: better an older one than none. */
  private Optional<ApplyFailure> apply(R resource, PlannedWork compiled, boolean sound) {
    if (!isPeriodic(resource)) {
      work.removeCronJobs(resource, label);
      return Optional.empty();
    }
    if (!sound || compiled.files() == null) {
      return Optional.empty();
    }
    String hash = PlanConfigMap.hash(compiled.files());
    ConfigMap map = PlanConfigMap.of(resource, compiled.files(), hash);
    String name = map.getMetadata().getName();
    Optional<ApplyFailure> applyFailure =
        work.plan(resource, map)
            .or(() -> work.cronJob(resource, compiled.cronJob().make(name, hash)));
    if (applyFailure.isEmpty()) {
      work.prune(resource, label, name);
    }
    return applyFailure;
  }

  private Conditions judge(R resource, Verdict verdict, Optional<ApplyFailure> applyFailure) {
    Conditions before = before(resource);
    return applyFailure
        .map(found -> found.applyTo(before))
        .orElseGet(() -> verdict.applyTo(before, "Ready", "Can be used as written"));
  }
}
