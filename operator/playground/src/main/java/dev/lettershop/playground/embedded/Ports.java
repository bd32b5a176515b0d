package dev.lettershop.playground.embedded;

import dev.lettershop.cli.output.Json;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ports of a project's servers, the same at each start. The first start takes the usual ones when
 * they are free, and writes down what it took.
 */
record Ports(int postgresql, int smtp) {
  private static final int POSTGRESQL = 15_432;
  private static final int SMTP = 11_025;

  /**
   * @param file that remembers them; people may change it
   * @throws IOException when it cannot be read, or there is no free port
   */
  static Ports of(Path file) throws IOException {
    if (Files.exists(file)) {
      Ports known = JsonMappers.PLAIN.readValue(file.toFile(), Ports.class);
      requireFree(known.postgresql(), "PostgreSQL", file);
      requireFree(known.smtp(), "SMTP", file);
      return known;
    }
    Ports chosen = new Ports(usual(POSTGRESQL), usual(SMTP));
    Json.write(file, chosen);
    return chosen;
  }

  private static void requireFree(int port, String use, Path file) throws IOException {
    if (!isFree(port)) {
      throw new IOException(
          "port "
              + port
              + ", which "
              + use
              + " is to have, is taken; stop what uses it, or write"
              + " another port into "
              + file);
    }
  }

  private static int usual(int port) throws IOException {
    if (isFree(port)) {
      return port;
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
