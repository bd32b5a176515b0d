package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.api.v1alpha1.model.ModelStatus;
import dev.lettershop.job.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.Optional;

/** What is known of a model, from its newest Jobs and what was judged of its spec. */
public final class ModelStatusView {
  private ModelStatusView() {}

  /**
   * @param judged the model's conditions with {@code Ready} and {@code ResolvedRefs} settled
   * @param jobs that score with it, in any order
   * @param pods of these Jobs
   * @param obstacle why the Pods of the newest Job do not start, or null
   */
  public static ModelStatus compute(
      Model model,
      Conditions judged,
      Collection<Job> jobs,
      Collection<Pod> pods,
      Obstacle obstacle) {
    LastJob last = new LastJob(jobs, pods, obstacle);
    ModelRun present = model.getStatus() == null ? null : model.getStatus().lastRun();
    Optional<TerminationMessage> newer =
        last.newestDone(message -> message.model() != null)
            .filter(
                message ->
                    Moments.isAfter(
                        message.model().time(), present == null ? null : present.time()));
    ModelRun run = newer.map(TerminationMessage::model).orElse(present);
    boolean scheduled = model.getSpec() != null && model.getSpec().refresh() != null;
    Conditions conditions =
        scheduled
            ? last.settle(
                judged,
                Conditions.LAST_SCORING_SUCCEEDED,
                "NotScoredYet",
                "Nobody has been scored yet")
            : judged.remove(Conditions.LAST_SCORING_SUCCEEDED);
    return new ModelStatus(
        judged.generation(), answered(trained(conditions, run), run).list(), run);
  }

  /** Whether the newest training was taken. */
  private static Conditions trained(Conditions conditions, ModelRun run) {
    if (run == null || run.version() == null) {
      return conditions.remove(Conditions.TRAINED);
    }
    return run.refused() == null
        ? conditions.set(
            Conditions.TRAINED,
            ConditionStatus.True,
            "Trained",
            "Version " + run.version() + " is in use")
        : conditions.set(Conditions.TRAINED, ConditionStatus.False, run.refused(), run.refusal());
  }

  /** Whether the server of a remote model answered about everybody. */
  private static Conditions answered(Conditions conditions, ModelRun run) {
    if (run == null || run.unanswered() == null) {
      return conditions.remove(Conditions.SERVER_ANSWERED);
    }
    return run.fault() == null
        ? conditions.set(
            Conditions.SERVER_ANSWERED,
            ConditionStatus.True,
            "Answered",
            "The server answered about everybody")
        : conditions.set(
            Conditions.SERVER_ANSWERED,
            ConditionStatus.False,
            run.fault(),
            run.unanswered() + " people were not answered about: " + run.faultMessage());
  }
}
