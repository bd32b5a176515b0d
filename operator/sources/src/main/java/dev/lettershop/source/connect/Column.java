package dev.lettershop.source.connect;

import dev.lettershop.api.v1alpha1.store.AttributeType;

/**
 * A column that every record has.
 *
 * @param type of its values; null when nothing is known of it, or none of ours fits
 */
public record Column(String name, AttributeType type) {}
