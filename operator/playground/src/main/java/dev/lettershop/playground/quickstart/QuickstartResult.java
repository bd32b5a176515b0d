package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a quickstart did.
 *
 * @param exitCode as {@code lettershop run} would exit
 * @param status null when the run did not begin
 * @param message why it did not go well; null when it did
 * @param content mails by content rule, in the order of the rules
 * @param mails in the inbox
 * @param page to look at them; null when there is nothing to look at
 */
record QuickstartResult(
    int exitCode,
    String campaign,
    String runName,
    CampaignRunStatus status,
    String message,
    List<ReadSource> sources,
    Map<String, Long> content,
    long mails,
    Path page,
    Duration took) {}
