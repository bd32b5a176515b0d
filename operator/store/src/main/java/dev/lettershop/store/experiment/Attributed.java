package dev.lettershop.store.experiment;

/**
 * What is credited to the mails of a run.
 *
 * @param attribution Click: to people who had clicked before; Receipt: to people who had only got
 *     the mail
 * @param people who did it
 * @param conversions how often they did it together
 * @param value what that was worth
 */
public record Attributed(String attribution, long people, long conversions, double value) {}
