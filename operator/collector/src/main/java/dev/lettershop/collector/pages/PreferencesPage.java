package dev.lettershop.collector.pages;

import java.util.List;

/**
 * The page on which somebody unsubscribes and chooses.
 *
 * @param notes what the last step did, in sentences below the heading
 * @param undo topics that the last step ended and undoing grants; empty when there is nothing to
 *     undo
 * @param isPaused whether there is a pause to end
 * @param paused sentence about it; null when the heading says so already
 * @param address masked
 * @param unsubscribe where the first button leads, relative to the page; so is {@code preferences}
 * @param first titles of topics that the first buttons end
 * @param topics to choose from
 * @param tracking the consent to measuring, or null
 * @param saveIsMain whether there is no more important button
 * @param subscribed whether there is anything to pause or to end
 * @param canPause whether a pause would hold anything back
 * @param pauses lengths of a pause in days
 */
record PreferencesPage(
    List<String> notes,
    List<String> undo,
    boolean isPaused,
    String paused,
    String address,
    String unsubscribe,
    String preferences,
    List<String> first,
    List<Choice> topics,
    Choice tracking,
    boolean saveIsMain,
    boolean subscribed,
    boolean canPause,
    List<Integer> pauses) {}
