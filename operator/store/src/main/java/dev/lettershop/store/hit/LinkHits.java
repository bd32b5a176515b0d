package dev.lettershop.store.hit;

/**
 * How often a link was asked for, and by whom.
 *
 * @param number of the link in its run
 * @param hits requests by people and by programs that look into mails
 * @param mails how many people's mails they came from
 * @param people how many people are held to have followed it themselves
 */
public record LinkHits(int number, long hits, long mails, long people) {}
