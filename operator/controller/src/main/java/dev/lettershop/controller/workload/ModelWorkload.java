package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.plan.ModelPlan;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.util.Optional;

/** What scores people with a model on its schedule, and trains it when that is due. */
public final class ModelWorkload {
  /** Training takes longer than recording a segment. */
  private static final Duration DEADLINE = Duration.ofHours(6);

  private final WorkloadSettings settings;

  public ModelWorkload(WorkloadSettings settings) {
    this.settings = settings;
  }

  /**
   * A model that is ready to be used.
   *
   * @param planConfigMap name of the ConfigMap with the plan
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public record Compiled(Model model, ModelPlan plan, String planConfigMap, String planHash) {}

  /** The CronJob of a model that says when; empty for every other one. */
  public Optional<CronJob> cronJob(Compiled compiled) {
    return Optional.ofNullable(compiled.model().getSpec().refresh())
        .map(
            schedule ->
                new PeriodicJob(
                        Component.SCORE,
                        new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
                        new SecretFiles().add(compiled.plan()))
                    .cronJob(
                        compiled.model(),
                        schedule,
                        compiled.model().getSpec().suspend(),
                        DEADLINE,
                        settings));
  }
}
