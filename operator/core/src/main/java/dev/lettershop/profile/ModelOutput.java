package dev.lettershop.profile;

/**
 * What a predictive model has computed for a profile.
 *
 * @param score null when it gives none
 * @param cluster name of the group that the profile is in; null when it gives none
 */
public record ModelOutput(Double score, String cluster) {}
