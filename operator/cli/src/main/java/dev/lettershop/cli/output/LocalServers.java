package dev.lettershop.cli.output;

import dev.lettershop.resource.ResourceSet;
import java.nio.file.Path;

/**
 * A database and an inbox on this machine, kept for one project. Whoever has them provides them as
 * a service; the image of the workers has none.
 */
public interface LocalServers {

  /**
   * Starts them, with what they held when they were stopped.
   *
   * @param project folder of manifests; what is kept lies in {@code .lettershop} inside
   * @throws UsageException when the folder cannot be used
   * @throws dev.lettershop.worker.RunException when a server does not start, or another command
   *     uses them
   */
  Running start(Path project);

  /** Servers that run. */
  interface Running extends AutoCloseable {

    /** The resources with these servers in place of those that they name. */
    ResourceSet inPlace(ManifestFiles.Loaded loaded);

    /** Where each server listens and what is kept where, one line each. */
    String places();

    /** The page with all mails that have arrived, made anew; null when none ever has. */
    Path inbox();

    /** Mails that have arrived since the start. */
    long arrived();

    /** Stops them; what they hold is kept. */
    @Override
    void close();
  }
}
