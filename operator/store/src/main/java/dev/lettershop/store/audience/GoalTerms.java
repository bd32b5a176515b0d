package dev.lettershop.store.audience;

import java.time.Duration;

/**
 * What the mails of a run are to lead to.
 *
 * @param event name of it
 * @param within how long after the mail it counts
 * @param value the event's property that says what it is worth, or null
 */
public record GoalTerms(String event, Duration within, String value) {}
