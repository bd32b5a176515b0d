package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.run.CampaignRun;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.List;

/**
 * All that the status of a run is made from.
 *
 * @param run with the status as it stands
 * @param job null when there is none
 * @param pods of the Job
 * @param obstacle why the Pods do not start, or null
 * @param waitsFor name of the run that must end first, or null
 */
public record ObservedRun(
    CampaignRun run, Job job, Collection<Pod> pods, Obstacle obstacle, String waitsFor) {
  public ObservedRun {
    pods = pods == null ? List.of() : pods;
  }
}
