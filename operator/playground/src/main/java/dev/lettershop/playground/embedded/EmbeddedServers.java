package dev.lettershop.playground.embedded;

import dev.lettershop.cli.output.LocalServers;
import dev.lettershop.worker.RunException;
import java.io.IOException;
import java.nio.file.Path;

/** Servers of the project that a command names. */
public final class EmbeddedServers implements LocalServers {
  @Override
  public ProjectServers start(Path project) {
    try {
      return ProjectServers.start(project);
    } catch (IOException e) {
      throw RunException.retry("--embedded: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunException.retry("--embedded: told to stop", e);
    }
  }
}
