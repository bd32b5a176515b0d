package dev.lettershop.store.audit;

import java.time.Instant;

/**
 * Which rows of the audit log are asked for; members are null where everything is.
 *
 * @param since inclusive
 * @param action or the beginning of one, such as {@code profile.}
 * @param limit at most so many, the newest
 */
public record AuditQuery(Instant since, String action, Long profileId, int limit) {}
