package dev.lettershop.store.hit;

import java.time.Instant;
import java.util.UUID;

/**
 * One request, as it came.
 *
 * @param id tells a hit that is stored again from another one
 * @param at when the request came, to the microsecond
 * @param profileId 0 when the link names nobody
 * @param number of the link; of an open, the variant, counted from 1, or 0 without an experiment
 * @param method GET or HEAD
 * @param prefetch whether the request said that it fetches ahead
 * @param network such as {@code 203.0.113.0/24}, or null when it is not known
 * @param referer scheme and host of the page, or null
 * @param agent what the client calls itself, or null
 */
public record Hit(
    UUID id,
    Instant at,
    HitKind kind,
    long runId,
    long profileId,
    int number,
    String method,
    boolean prefetch,
    String network,
    String referer,
    String agent) {

  /** Without what is personal. */
  @Override
  public String toString() {
    return "Hit[" + kind + " of run " + runId + "]";
  }
}
