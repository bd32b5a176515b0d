package dev.lettershop.store.pace;

/**
 * A rate that all who name it share, in whatever process they are.
 *
 * @param name e.g. {@code transport/shop/default}
 * @param perSecond at least 1
 */
public record RateLimit(String name, int perSecond) {}
