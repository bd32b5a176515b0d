package dev.lettershop.worker;

import dev.lettershop.store.ledger.Shard;
import java.util.Set;

/**
 * What whoever starts a run can choose.
 *
 * @param runName name of the run, or null for the campaign's unfinished run, if there is one, else
 *     for a new name
 * @param dryRun everything but mail
 * @param testRecipients addresses; when not empty, mail goes to these only
 * @param syncSources whether to sync the campaign's sources before a new run
 * @param shard which share of the work this process takes, or null for all of it. With a shard the
 *     process may be started again at any time by somebody who does not know how it ended, so that
 *     also a dry run is done once only
 * @param owner name of this process, for messages of others
 */
public record RunOptions(
    String runName,
    boolean dryRun,
    Set<String> testRecipients,
    boolean syncSources,
    Shard shard,
    String owner) {
  public RunOptions {
    testRecipients = Set.copyOf(testRecipients);
  }

  /** One process does everything. */
  public RunOptions(
      String runName, boolean dryRun, Set<String> testRecipients, boolean syncSources) {
    this(
        runName,
        dryRun,
        testRecipients,
        syncSources,
        null,
        "lettershop-" + ProcessHandle.current().pid());
  }

  boolean test() {
    return !testRecipients.isEmpty();
  }

  Shard shardOrAll() {
    return shard == null ? Shard.ONLY : shard;
  }
}
