package dev.lettershop.cli.pod;

import dev.lettershop.job.TerminationMessage;

/**
 * How a Pod's work ended.
 *
 * @param exitCode one of {@link dev.lettershop.job.ExitCode}
 * @param message what the Pod leaves behind
 * @param status what is to be laid over the status of the work's resource, or null for nothing
 */
public record JobEnd(int exitCode, TerminationMessage message, Object status) {}
