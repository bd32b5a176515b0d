package dev.lettershop.delivery.bounce;

import dev.lettershop.testkit.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/** STARTTLS (RFC 3501 section 6.2.1) before an IMAP server that has none. */
final class StartTlsFront implements AutoCloseable {
  private final ServerSocket listening =
      new ServerSocket(0, 10, InetAddress.getByName("localhost"));
  private final int behind;
  private final TestCertificate certificate;
  private final List<String> inClear = new CopyOnWriteArrayList<>();

  /**
   * @param behind port of the server
   * @param certificate null to offer no STARTTLS
   */
  StartTlsFront(int behind, TestCertificate certificate) throws IOException {
    this.behind = behind;
    this.certificate = certificate;
    inBackground(
        () -> {
          while (true) {
            Socket client = listening.accept();
            inBackground(() -> serve(client));
          }
        });
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The commands that came before TLS, without their arguments. */
  List<String> saidInClear() {
    return inClear;
  }

  private void serve(Socket client) throws IOException {
    try (client;
        Socket server = new Socket("127.0.0.1", behind)) {
      OutputStream out = client.getOutputStream();
      say(out, line(server.getInputStream()));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        String command = words[1].toUpperCase(Locale.ROOT);
        inClear.add(command);
        if (command.equals("CAPABILITY")) {
          say(out, "* CAPABILITY IMAP4rev1" + (certificate == null ? "" : " STARTTLS"));
          say(out, words[0] + " OK done");
        } else if (command.equals("STARTTLS") && certificate != null) {
          say(out, words[0] + " OK begin now");
          relay(encrypted(client), server);
          return;
        } else {
          say(out, words[0] + " NO not in clear");
        }
      }
    }
  }

  private SSLSocket encrypted(Socket client) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            certificate.server().getSocketFactory().createSocket(client, null, port(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private static void relay(Socket client, Socket server) throws IOException {
    inBackground(() -> server.getInputStream().transferTo(client.getOutputStream()));
    client.getInputStream().transferTo(server.getOutputStream());
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Not a byte more than that. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
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
            "starttls-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
