package dev.lettershop.playground.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ports of a project that are not the usual ones: another build on this machine could take those
 * between the look and the start.
 */
public final class FreePorts {
  private FreePorts() {}

  /** Writes them down before the first start. */
  public static void write(Path project) throws IOException {
    Path local = Files.createDirectories(project.resolve(".lettershop/local"));
    try (ServerSocket one = open();
        ServerSocket other = open()) {
      Files.writeString(
          local.resolve("ports.json"),
          "{\"postgresql\": %d, \"smtp\": %d}".formatted(one.getLocalPort(), other.getLocalPort()));
    }
  }

  private static ServerSocket open() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
