package dev.lettershop.store.model;

import java.time.Instant;

/**
 * What is known of one training.
 *
 * @param version counts from 1
 * @param planHash of what was asked for, 64 hexadecimal digits
 * @param good whether it may be used; false when it did not reach what was required
 * @param figures JSON without personal data
 */
public record ModelVersion(
    int version, String planHash, Instant trainedAt, boolean good, String figures) {}
