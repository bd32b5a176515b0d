package dev.lettershop.store.ledger;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;

/**
 * What a run is to do.
 *
 * @param planHash name of the plan
 * @param planJson canonical JSON of the plan; kept, so that a resumed run uses exactly it
 * @param dryRun everything but mail: such a run's name is free again afterwards
 * @param test mails chosen addresses only; such a run never stands in for one that mails everybody
 * @param maxAttempts after so many temporary failures a recipient has failed, at least 1
 */
public record RunRequest(
    RunKey key,
    String planHash,
    String planJson,
    boolean dryRun,
    boolean test,
    UncertainPolicy onUncertain,
    int maxAttempts) {}
