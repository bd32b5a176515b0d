package dev.lettershop.collector.mapping;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.Normalise;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who has sent events, as far as understanding them needs to know.
 *
 * @param server whether only the shop's own servers know its write key
 * @param userKey key (HMAC-SHA-256) with which the shop's server vouches for user ids; read when
 *     needed, since Secrets are rotated; empty when there is none
 * @param events names that it may send; all declared ones when empty
 * @param userIdKey kind of identity of its user ids
 * @param alsoMatch attributes that identify a person as well
 * @param precedence where several sources say different things, the highest counts
 * @param mapping fills fields of events
 * @param traits fills attributes
 */
public record MappingSource(
    String name,
    boolean server,
    Supplier<String> userKey,
    Set<String> events,
    String userIdKey,
    List<String> alsoMatch,
    int precedence,
    List<FieldMapping> mapping,
    List<FieldMapping> traits,
    Normalise normalise) {
  public MappingSource {
    events = Set.copyOf(events);
    alsoMatch = List.copyOf(alsoMatch);
    mapping = List.copyOf(mapping);
    traits = List.copyOf(traits);
  }
}
