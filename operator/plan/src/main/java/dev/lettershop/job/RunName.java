package dev.lettershop.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which run a Job does: the one of its name. A Job may have a longer name than a CampaignRun, and
 * dots in it; such a name is shortened, with digits that stand for all of it, so that the worker
 * and the controller speak of the same run.
 */
public final class RunName {
  /** Longest name of a CampaignRun. */
  static final int MAX = 59;

  private static final int DIGITS = 7;

  private RunName() {}

  /**
   * Name of the run that a Job does: at most 59 characters, without dots.
   *
   * @param job name of the Job
   */
  public static String of(String job) {
    if (job.length() <= MAX && job.indexOf('.') < 0) {
      return job;
    }
    String plain = job.replace('.', '-');
    String kept = plain.substring(0, Math.min(plain.length(), MAX - DIGITS - 1));
    return kept.replaceAll("-+$", "") + "-" + digits(job);
  }

  private static String digits(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
