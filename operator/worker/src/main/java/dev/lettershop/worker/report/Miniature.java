package dev.lettershop.worker.report;

/**
 * The mail of one template, with the share of people at each link.
 *
 * @param template name of the EmailTemplate
 * @param html that loads nothing and leads nowhere
 */
public record Miniature(String template, String html) {}
