package dev.lettershop.cli.output;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps libraries quiet: what a user should know, commands say themselves. */
public final class Logging {
  /** Strongly held: the log manager forgets loggers that nobody holds, and their levels. */
  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /**
   * Only warnings and worse, on standard error, one line each. To be called before anything else.
   */
  public static void configure() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
    ROOT.setLevel(Level.WARNING);
  }
}
