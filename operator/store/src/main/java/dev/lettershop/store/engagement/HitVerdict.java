package dev.lettershop.store.engagement;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Who a hit is held to be of.
 *
 * @param verdict such as {@code Human}
 * @param reason the rule that gave it, such as {@code Burst}
 */
public record HitVerdict(LocalDate day, UUID id, String verdict, String reason) {}
