package dev.lettershop.store.engagement;

import dev.lettershop.store.hit.HitKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A hit as it is stored, with what its verdict depends on.
 *
 * @param at to the hour where nobody is named
 * @param profileId 0 where nobody is named
 * @param sent of an open, when its mail was sent; null when that is not known
 * @param reason of the verdict that it has; null without
 * @param rules version of the rules that gave the verdict; null without
 */
public record StoredHit(
    UUID id,
    LocalDate day,
    Instant at,
    HitKind kind,
    long runId,
    long profileId,
    int number,
    String method,
    boolean prefetch,
    String network,
    String agent,
    Instant sent,
    String reason,
    Integer rules) {

  /** Whether it says whose mail it is of. */
  public boolean namesSomebody() {
    return profileId > 0;
  }

  /** Without what is personal. */
  @Override
  public String toString() {
    return "StoredHit[" + kind + " of run " + runId + "]";
  }
}
