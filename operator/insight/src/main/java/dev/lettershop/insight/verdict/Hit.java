package dev.lettershop.insight.verdict;

import java.time.Instant;

/**
 * One request for a link, a pixel, or something that only a person does.
 *
 * @param id tells whoever hands it in which one it is
 * @param delivery the mail: a run and a recipient in it
 * @param kind what was asked for
 * @param link the number of the link in the mail, 0 for a pixel
 * @param links how many links that are counted the mail has, at least 1
 * @param sent when the recipient's server took the mail, or null when it is not known
 * @param at when the request came
 * @param method of HTTP, in capitals
 * @param ahead whether a header said that the request was made ahead
 * @param userAgent as it came; empty when there was none
 * @param network that the client is in, such as {@code 203.0.113.0/24}, or null when it is not
 *     known
 */
public record Hit(
    Object id,
    Object delivery,
    HitKind kind,
    int link,
    int links,
    Instant sent,
    Instant at,
    String method,
    boolean ahead,
    String userAgent,
    String network) {}
