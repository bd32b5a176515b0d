package dev.lettershop.delivery;

import dev.lettershop.delivery.message.OutboundMessage;

/**
 * A message on its way through the pipeline.
 *
 * @param attempts made before this one
 */
record Letter(long profileId, int attempts, OutboundMessage message) {}
