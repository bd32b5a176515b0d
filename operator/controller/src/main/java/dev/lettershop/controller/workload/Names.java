package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.encoding.Sha256;
import dev.lettershop.job.PlanFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names of the objects that we make: always the same for the same resource, never generated. */
public final class Names {
  /** The CronJob controller puts 11 characters behind it, and a Job's name is a label's value. */
  static final int CRON_JOB_MAX = 52;

  private static final int CONFIG_MAP_MAX = 253;
  private static final int VOLUME_MAX = 63;
  private static final String TRIGGERED = "-triggered";
  private static final String LOOK = "-look-";
  private static final int DIGITS = 7;
  private static final int PLAN_DIGITS = 12;

  private Names() {}

  /** Name of the CronJob of a Campaign, ProfileSource or Segment. */
  public static String cronJob(HasMetadata owner) {
    return cut(base(owner), CRON_JOB_MAX);
  }

  /** Name of the Deployment of a triggered Campaign. */
  public static String triggered(Campaign campaign) {
    return cut(campaign.getMetadata().getName(), VOLUME_MAX - TRIGGERED.length()) + TRIGGERED;
  }

  /** Name of everything that a Collector is made of, but for its plans; fits a DNS label. */
  public static String collector(Collector collector) {
    return base(collector);
  }

  /** Name of the ConfigMap with a plan of a Campaign, ProfileSource or Segment. */
  public static String plan(HasMetadata owner, PlanFiles files) {
    String tail = "-plan-" + files.hash().substring(0, PLAN_DIGITS);
    return cut(base(owner), CONFIG_MAP_MAX - tail.length()) + tail;
  }

  /** Name of the ConfigMap with the only addresses that a test run mails. */
  public static String recipients(String run) {
    return run + "-recipients";
  }

  /** Name of the Job that takes a look at the experiment of a run. */
  public static String look(String run, int look) {
    String tail = LOOK + look;
    return cut(run, VOLUME_MAX - tail.length()) + tail;
  }

  /** Name of a volume: a DNS label, other than the names of what is mounted. */
  static String volume(String type, String name) {
    String plain = type + "-" + name;
    String label = plain.replace('.', '-');
    return label.equals(plain) && label.length() <= VOLUME_MAX
        ? label
        : shortened(label, plain, VOLUME_MAX);
  }

  private static String base(HasMetadata owner) {
    return owner.getMetadata().getName() + Component.of(owner).suffix();
  }

  /** The name itself, or as much of it as fits and digits that stand for all of it. */
  private static String cut(String name, int max) {
    return name.length() <= max ? name : shortened(name, name, max);
  }

  private static String shortened(String text, String full, int max) {
    String kept = text.substring(0, Math.min(text.length(), max - DIGITS - 1));
    return kept.replaceAll("[-.]+$", "") + "-" + digits(full);
  }

  private static String digits(String text) {
    return Sha256.hex(text).substring(0, DIGITS);
  }
}
