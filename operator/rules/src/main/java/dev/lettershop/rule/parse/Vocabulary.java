package dev.lettershop.rule.parse;

import dev.lettershop.profile.ProfileSchema;

/**
 * What the rules of one store may name.
 *
 * @param models what the keys of models' outputs begin with
 */
public record Vocabulary(ProfileSchema schema, String models) {}
