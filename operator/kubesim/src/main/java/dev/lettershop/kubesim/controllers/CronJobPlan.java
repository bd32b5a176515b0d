package dev.lettershop.kubesim.controllers;

import dev.lettershop.kubesim.controllers.JobPlan.Notice;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is to be done for a CronJob.
 *
 * @param start the time on the schedule for which a Job is to be made now, or null
 * @param active those of its Jobs that are known to run
 * @param lastSuccess when one of them was complete last, or null
 * @param delete Jobs that are to go
 * @param notices what happened and may interest somebody
 * @param again when to look again, or null
 */
record CronJobPlan(
    Instant start,
    List<Job> active,
    String lastSuccess,
    List<Job> delete,
    List<Notice> notices,
    Duration again) {}
