package dev.lettershop.worker;

import java.util.Set;

/**
 * How to run a campaign once.
 *
 * @param runName name of the run, or null for the unfinished run of the campaign, if there is one,
 *     and else for a new one named after the campaign and the day (a test, after the second)
 * @param dryRun everything but SMTP
 * @param testRecipients addresses; when not empty, mail goes to these only
 * @param syncSources whether to sync the campaign's sources before a new run
 */
public record RunOptions(
    String runName, boolean dryRun, Set<String> testRecipients, boolean syncSources) {
  public RunOptions {
    testRecipients = Set.copyOf(testRecipients);
  }
}
