package dev.lettershop.collector.pages;

/**
 * A box to tick.
 *
 * @param name of the topic
 * @param description empty when there is none
 */
record Choice(String name, String title, String description, boolean chosen) {}
