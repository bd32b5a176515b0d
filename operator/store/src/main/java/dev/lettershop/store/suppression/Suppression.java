package dev.lettershop.store.suppression;

import java.time.Instant;

/**
 * An address or a domain that gets no mail.
 *
 * @param address the hash of the address in hexadecimal, or null for a domain
 * @param domain in ASCII, or null for an address
 * @param source who or what decided it
 * @param message kind of the message that caused it, or null
 * @param code status code of that message, or null
 * @param run {@code namespace/campaign/name} of the run whose mail caused it, or null
 * @param topic of that run, or null
 * @param note in somebody's words, or null
 */
public record Suppression(
    String address,
    String domain,
    SuppressionReason reason,
    String source,
    String message,
    String code,
    String run,
    String topic,
    String note,
    Instant since) {}
