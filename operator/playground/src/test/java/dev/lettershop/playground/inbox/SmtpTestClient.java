package dev.lettershop.playground.inbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, byte by byte if need be. */
final class SmtpTestClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  SmtpTestClient(SmtpInbox inbox) throws IOException {
    socket = new Socket(inbox.host(), inbox.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 8192);
    out = socket.getOutputStream();
  }

  /** Connects, takes the greeting and says EHLO. */
  static SmtpTestClient greeted(SmtpInbox inbox) throws IOException {
    SmtpTestClient client = new SmtpTestClient(inbox);
    client.readReply();
    client.say("EHLO client.test");
    return client;
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  void send(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    out.flush();
  }

  /**
   * @return the last line of the reply; null when the server closed the connection
   */
  String readReply() throws IOException {
    String line;
    do {
      line = in.readLine();
    } while (line != null && line.length() > 3 && line.charAt(3) == '-');
    return line;
  }

  String say(String command) throws IOException {
    send(command + "\r\n");
    return readReply();
  }

  /** A whole transaction; the reply to the final dot. */
  String deliver(String recipient, String content) throws IOException {
    say("MAIL FROM:<bounce@shop.example>");
    say("RCPT TO:<" + recipient + ">");
    say("DATA");
    return say(content + "\r\n.");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
