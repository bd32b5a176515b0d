package dev.lettershop.collector.pages;

import java.util.List;

/**
 * The page on which somebody confirms a sign-up, or says that it was not theirs.
 *
 * @param topics their titles
 * @param wordings what was agreed to
 * @param action where both buttons lead, relative to the page
 */
record ConfirmPage(
    String introduction, List<String> topics, List<String> wordings, String action) {}
