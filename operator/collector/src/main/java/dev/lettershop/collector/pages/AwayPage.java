package dev.lettershop.collector.pages;

/**
 * The page while the database is away.
 *
 * @param unsubscribe where its button leads, relative to the page
 */
record AwayPage(String unsubscribe) {}
