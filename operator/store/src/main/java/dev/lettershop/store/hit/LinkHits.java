package dev.lettershop.store.hit;

/**
 * How often a link was asked for, by whomever: people, and programs that look into mails.
 *
 * @param number of the link in its run
 * @param hits requests
 * @param people how many people's mails they came from
 */
public record LinkHits(int number, long hits, long people) {}
