package dev.lettershop.store.audience;

import dev.lettershop.store.ledger.Run;
import java.util.Map;

/**
 * A frozen audience.
 *
 * @param run as it is now; {@code Refused} when the audience was too large, {@code Created} when
 *     its plan is another one meanwhile
 * @param selected people to mail
 * @param skipped people not mailed, by reason (see {@link
 *     dev.lettershop.store.ledger.SkipReason#key()}), those outside of the audience included
 * @param alreadyFrozen somebody else (or an earlier attempt) decided it
 */
public record FreezeResult(
    Run run, long selected, Map<String, Long> skipped, boolean alreadyFrozen) {}
