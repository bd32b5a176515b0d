package dev.lettershop.worker.execute;

import dev.lettershop.store.ledger.Shard;
import java.time.Duration;
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
 * @param resume which run is taken up again, or null for a run of its own
 * @param relayPatience how long a relay that is away is waited for, or null to give up at once when
 *     it is away from the start
 */
public record RunOptions(
    String runName,
    boolean dryRun,
    Set<String> testRecipients,
    boolean syncSources,
    Shard shard,
    String owner,
    Resume resume,
    Duration relayPatience) {

  /**
   * An earlier run is taken up again for those whom it missed.
   *
   * @param request names this wish: what was done for it is not done again
   * @param uncertain whether those of whom it is open whether they were reached count as missed
   */
  public record Resume(String request, boolean uncertain) {}

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
        "lettershop-" + ProcessHandle.current().pid(),
        null,
        null);
  }

  /** A run of its own. */
  public RunOptions(
      String runName,
      boolean dryRun,
      Set<String> testRecipients,
      boolean syncSources,
      Shard shard,
      String owner) {
    this(runName, dryRun, testRecipients, syncSources, shard, owner, null, null);
  }

  /** The same for an earlier run, without reading the sources. */
  public RunOptions resuming(Resume wish) {
    return new RunOptions(
        runName, dryRun, testRecipients, false, shard, owner, wish, relayPatience);
  }

  /** The same, waiting for a relay that is away. */
  public RunOptions waitingForRelay(Duration patience) {
    return new RunOptions(
        runName, dryRun, testRecipients, syncSources, shard, owner, resume, patience);
  }

  boolean test() {
    return !testRecipients.isEmpty();
  }

  /** The shard that this process is; all of the run where nobody said. */
  public Shard shardOrAll() {
    return shard == null ? Shard.ONLY : shard;
  }
}
