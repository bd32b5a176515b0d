package dev.lettershop.store.ledger;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import java.time.Instant;

/**
 * A run as it is recorded. What was recorded first stays: compare {@link #planHash()} with one's
 * own and go on with {@link #planJson()}, or refuse.
 *
 * @param id the store's
 * @param test whether it mails chosen addresses only
 * @param frozenAt when the audience was decided, by the database's clock; the run's {@code now};
 *     null before
 * @param completedAt null before completion
 * @param capped whether a frequency cap has to be asked about whoever is claimed
 * @param purgedAt when what became of its recipients was forgotten, by retention; null before
 * @param trigger whose people it mails, until its day is over; null for a run with an audience
 */
public record Run(
    long id,
    RunKey key,
    String planHash,
    String planJson,
    boolean dryRun,
    boolean test,
    UncertainPolicy onUncertain,
    int maxAttempts,
    RunState state,
    Instant createdAt,
    Instant frozenAt,
    Instant completedAt,
    boolean capped,
    Instant purgedAt,
    Integer trigger) {

  @Override
  public String toString() {
    return "Run[" + key + ", " + state + "]";
  }
}
