package dev.lettershop.delivery.bounce;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Hides that the IMAP server behind it has UIDPLUS (RFC 4315), and hears what it is told. */
final class PlainImapFront implements AutoCloseable {
  private final ServerSocket listening =
      new ServerSocket(0, 10, InetAddress.getByName("localhost"));
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /**
   * @param behind port of the server, without TLS
   */
  PlainImapFront(int behind) throws IOException {
    inBackground(
        () -> {
          while (true) {
            Socket client = listening.accept();
            Socket server = new Socket("127.0.0.1", behind);
            inBackground(() -> pass(server, client, PlainImapFront::withoutUidPlus));
            inBackground(() -> pass(client, server, this::hear));
          }
        });
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The clients' lines in upper case, without their tags. */
  List<String> heard() {
    return heard;
  }

  private String hear(String line) {
    heard.add(line.substring(line.indexOf(' ') + 1).strip().toUpperCase(Locale.ROOT));
    return line;
  }

  private static String withoutUidPlus(String line) {
    return line.contains("CAPABILITY") ? line.replace(" UIDPLUS", "") : line;
  }

  /** Line by line, until one side ends. */
  private static void pass(Socket from, Socket to, UnaryOperator<String> change)
      throws IOException {
    try (from;
        to) {
      InputStream in = new BufferedInputStream(from.getInputStream());
      OutputStream out = new BufferedOutputStream(to.getOutputStream());
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          String changed = change.apply(line.toString(StandardCharsets.ISO_8859_1));
          out.write(changed.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          line.reset();
        }
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A connection that breaks, or is refused by the other side, ends the work. */
  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                return;
              }
            },
            "plain-imap-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
