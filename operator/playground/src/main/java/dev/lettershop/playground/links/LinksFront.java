package dev.lettershop.playground.links;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Listens on a free port of the loopback interface, and hands every connection on to the port that
 * answers at that moment; closes it when there is none.
 */
public final class LinksFront implements AutoCloseable {
  private final ServerSocket server;
  private final Supplier<OptionalInt> target;

  private LinksFront(ServerSocket server, Supplier<OptionalInt> target) {
    this.server = server;
    this.target = target;
  }

  /**
   * @param target port on this machine, asked for each connection; empty when nobody answers
   */
  public static LinksFront start(Supplier<OptionalInt> target) throws IOException {
    LinksFront front =
        new LinksFront(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    daemon("links", front::accept);
    return front;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Whether somebody answers now. */
  public boolean answers() {
    return target.get().isPresent();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        daemon("link", () -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    OptionalInt port = target.get();
    try (client) {
      if (port.isPresent()) {
        try (Socket pod = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
          daemon("link", () -> pump(client, pod));
          pump(pod, client);
        }
      }
    } catch (IOException gone) {
      // The browser sees a closed connection, as with a server that has gone.
      System.getLogger(LinksFront.class.getName())
          .log(System.Logger.Level.DEBUG, "A connection ended early", gone);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      System.getLogger(LinksFront.class.getName())
          .log(System.Logger.Level.DEBUG, "A connection ended early", gone);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
