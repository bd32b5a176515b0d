package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.RefusedAddress;
import dev.lettershop.store.bounce.Bounce;
import dev.lettershop.store.bounce.BounceLog;
import java.util.List;

/**
 * Where the addresses go that a relay refuses while it is sent to: the same log, and so the same
 * policy, as bounces that come back later.
 *
 * @param transport name of the transport
 */
public record RelayBounces(BounceLog log, BounceLog.SoftLimit limit, String transport) {
  void record(long runId, List<RefusedAddress> refused) {
    log.record(
        transport,
        refused.stream()
            .map(
                r ->
                    Bounce.of(
                        runId,
                        r.profileId(),
                        r.address(),
                        r.refusal().kind(),
                        r.refusal().code(),
                        r.refusal().diagnostic()))
            .toList(),
        limit);
  }
}
