package dev.lettershop.kubesim.controllers;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as objects hold them: to the second. */
final class Times {
  private Times() {}

  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
