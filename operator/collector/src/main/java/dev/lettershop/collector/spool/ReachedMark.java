package dev.lettershop.collector.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Remembers on the disk of a Pod that what it works with has been reached once. A new Pod, which
 * may be set up wrongly, waits for that; one whose process starts again while the database is away
 * goes on serving links.
 */
public final class ReachedMark {
  private static final Logger LOG = Logger.getLogger(ReachedMark.class);

  private final Path file;

  /**
   * @param folder made when it does not exist
   */
  public ReachedMark(Path folder) {
    this.file = folder.resolve("reached");
  }

  /**
   * Whether it was reached, now or earlier.
   *
   * @param reachable only asked when it was not reached before
   */
  public boolean isSetOr(BooleanSupplier reachable) {
    if (Files.exists(file)) {
      return true;
    }
    if (!reachable.getAsBoolean()) {
      return false;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      LOG.warnf("The disk does not take a mark: %s", e.getMessage());
    }
    return true;
  }
}
