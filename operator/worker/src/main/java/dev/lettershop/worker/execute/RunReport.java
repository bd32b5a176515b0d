package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.job.ExitCode;
import dev.lettershop.source.sync.SyncResult;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param run name of the run
 * @param exitCode one of {@link ExitCode}
 * @param alreadyCompleted the run had been completed before: nothing was done
 * @param status what the CampaignRun's status says; figures are those of {@code shard}
 * @param shard what this process's share of the run came to; all of it when it was the only one
 * @param sources what each sync did, in order; empty when none was needed
 * @param timings seconds of each phase: {@code sync}, {@code freeze}, {@code send}
 */
public record RunReport(
    String run,
    int exitCode,
    boolean alreadyCompleted,
    CampaignRunStatus status,
    ShardStatus shard,
    List<SyncReport> sources,
    Map<String, Double> timings) {

  /** One source's sync. */
  public record SyncReport(String source, SyncResult result) {}
}
