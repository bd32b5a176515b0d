/**
 * What happened, as core v1 Events on the user's object: which ones a change of conditions is
 * worth, and their way to the API server. Events are a courtesy: nothing depends on them, and
 * failing to write one stops nothing. They hold no personal data.
 */
package dev.lettershop.controller.event;
