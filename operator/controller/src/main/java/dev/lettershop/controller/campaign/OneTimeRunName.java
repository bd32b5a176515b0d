package dev.lettershop.controller.campaign;

import java.time.Instant;

/**
 * Names the one run of a campaign that sends at a time, as CronJobs name their Jobs: so the same
 * time never gets another name, and sending twice is impossible.
 */
final class OneTimeRunName {
  private OneTimeRunName() {}

  static String of(String campaign, Instant at) {
    return campaign + "-" + at.getEpochSecond() / 60;
  }
}
