package dev.lettershop.delivery.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads replies, whatever a server sends. For one thread at a time. */
final class ReplyReader {
  /** Twice RFC 5321 section 4.5.3.1.5; the rest of a longer line is dropped. */
  private static final int LONGEST_LINE = 1024;

  private static final int MOST_LINES = 128;

  /** Of one line with its dropped rest: more is not a reply but an attack. */
  private static final int MOST_OCTETS = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[4096];
  private final StringBuilder line = new StringBuilder();
  private int from;
  private int until;

  ReplyReader(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /**
   * The next reply.
   *
   * @param timeout for the whole reply
   * @throws SocketTimeoutException when the time is over
   * @throws ProtocolException when it is not a reply
   * @throws EOFException when the server closed
   */
  SmtpReply read(Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<String> texts = new ArrayList<>(2);
    while (true) {
      readLine(deadline);
      int status = status();
      boolean last = line.length() == 3 || line.charAt(3) != '-';
      texts.add(line.length() > 4 ? line.substring(4) : "");
      if (last) {
        return new SmtpReply(status, texts);
      }
      if (texts.size() >= MOST_LINES) {
        throw new ProtocolException("The server's reply has more than " + MOST_LINES + " lines");
      }
    }
  }

  /** Whether the server has sent more than was asked for. */
  boolean hasUnread() throws IOException {
    return from < until || in.available() > 0;
  }

  private int status() throws ProtocolException {
    if (line.length() >= 3 && (line.length() == 3 || " -".indexOf(line.charAt(3)) >= 0)) {
      int status = 0;
      for (int i = 0; i < 3; i++) {
        char digit = line.charAt(i);
        status = digit < '0' || digit > '9' ? -1000 : status * 10 + digit - '0';
      }
      if (status >= 200 && status <= 599) {
        return status;
      }
    }
    throw new ProtocolException("The server's answer is not an SMTP reply");
  }

  private void readLine(long deadline) throws IOException {
    line.setLength(0);
    for (int octets = 0; octets < MOST_OCTETS; octets++) {
      if (from == until) {
        fill(deadline);
      }
      int value = buffer[from++] & 0xFF;
      if (value == '\n') {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
          line.setLength(end - 1);
        }
        return;
      }
      if (line.length() < LONGEST_LINE) {
        line.append((char) value);
      }
    }
    throw new ProtocolException("The server's reply has an endless line");
  }

  private void fill(long deadline) throws IOException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("No reply in time");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    int count = in.read(buffer, 0, buffer.length);
    if (count < 0) {
      throw new EOFException("The server closed the connection");
    }
    from = 0;
    until = count;
  }
}
