package dev.lettershop.store.pace;

import java.time.Duration;
import java.time.LocalTime;

/**
 * What a run heeds for the sake of those whom it mails, and of other campaigns.
 *
 * @param priority 1 to 100; the larger one goes first where campaigns compete
 * @param cap null for none
 * @param quiet hours without mail in the recipient's time zone; null for none
 * @param localTime when to send, in the recipient's time zone; null for at once
 * @param defaultZone IANA name of the zone of those of whom none is known
 */
public record ContactPolicy(
    int priority, Cap cap, Quiet quiet, LocalTime localTime, String defaultZone) {

  /** Sends to everybody at once. */
  public static final ContactPolicy NONE = new ContactPolicy(50, null, null, null, "UTC");

  /**
   * The most mail that one person gets from all campaigns together.
   *
   * @param messages at least 1
   * @param per whole seconds
   */
  public record Cap(int messages, Duration per) {}

  /**
   * @param to the end; on the next day when before {@code from}
   */
  public record Quiet(LocalTime from, LocalTime to) {}

  /** Tests go out at once, to whom they are meant for. */
  public ContactPolicy ofTest() {
    return new ContactPolicy(priority, null, null, null, defaultZone);
  }

  /** The same, sent at another time of day. */
  public ContactPolicy at(LocalTime otherTime) {
    return new ContactPolicy(priority, cap, quiet, otherTime, defaultZone);
  }

  /** Whether it depends on the recipient's time zone when mail goes out. */
  public boolean hasHours() {
    return quiet != null || localTime != null;
  }
}
