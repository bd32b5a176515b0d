package dev.lettershop.playground.inbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines and message content on a socket. Replies are held back while further commands already wait
 * in the buffer, so that a pipelining client gets them in one packet (RFC 2920 §3.2). Not
 * thread-safe.
 */
final class SmtpWire {
  /** RFC 5321 §4.5.3.1.4 asks for 512 bytes; extensions and SMTPUTF8 need more. */
  static final int MAX_COMMAND = 4096;

  /** How reading a message ended; its final dot has been read in every case. */
  enum Content {
    Complete,
    TooLarge,
    NotKept
  }

  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;
  private byte[] pending = new byte[512];
  private int pendingLength;

  SmtpWire(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * @param line printable US-ASCII without its end
   */
  @SuppressWarnings("deprecation") // getBytes(int, …) is exactly the copy that US-ASCII needs
  void reply(String line) {
    int needed = pendingLength + line.length() + 2;
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, needed * 2);
    }
    line.getBytes(0, line.length(), pending, pendingLength);
    pending[needed - 2] = '\r';
    pending[needed - 1] = '\n';
    pendingLength = needed;
  }

  void flush() throws IOException {
    if (pendingLength > 0) {
      out.write(pending, 0, pendingLength);
      pendingLength = 0;
    }
  }

  /**
   * @return one line without its end; null at the end of the stream; a line longer than {@link
   *     #MAX_COMMAND} is read to its end and comes back cut, still too long
   */
  String readCommand() throws IOException {
    StringBuilder overlong = null;
    while (true) {
      int end = indexOfLineFeed();
      if (end >= 0) {
        int textEnd = end > position && buffer[end - 1] == '\r' ? end - 1 : end;
        String line = new String(buffer, position, textEnd - position, StandardCharsets.UTF_8);
        position = end + 1;
        return overlong == null ? line : overlong.toString();
      }
      if (limit - position > MAX_COMMAND) {
        if (overlong == null) {
          overlong = new StringBuilder().append("x".repeat(MAX_COMMAND + 1));
        }
        position = limit;
      }
      if (!fill()) {
        return null;
      }
    }
  }

  private int indexOfLineFeed() {
    for (int i = position; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Returns when the first bytes of the content are there. */
  void awaitContent() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("the client left before the content");
    }
  }

  /**
   * Reads a message up to and with its final dot, which stands between two CRLF: a bare LF never
   * ends a message, or one could be smuggled in another (RFC 5321 §2.3.8 and §4.1.1.4).
   *
   * @throws IOException when the connection ended before
   */
  Content readContent(MessageSink.Incoming incoming, long maxBytes) throws IOException {
    Content result = Content.Complete;
    long length = 0;
    boolean lineStart = true;
    while (true) {
      require(3);
      if (lineStart && buffer[position] == '.') {
        if (buffer[position + 1] == '\r' && buffer[position + 2] == '\n') {
          position += 3;
          return result;
        }
        position++; // RFC 5321 §4.5.2: the sender doubled it
      }
      int end = endOfChunk();
      lineStart = end - position > 1 && buffer[end - 1] == '\n' && buffer[end - 2] == '\r';
      length += end - position;
      if (result == Content.Complete) {
        result = length > maxBytes ? Content.TooLarge : keep(incoming, end);
      }
      position = end;
    }
  }

  private Content keep(MessageSink.Incoming incoming, int end) {
    try {
      incoming.write(buffer, position, end - position);
      return Content.Complete;
    } catch (IOException | UncheckedIOException e) {
      return Content.NotKept;
    }
  }

  /**
   * The end of the bytes that can go to the sink in one piece: after the CRLF that comes before a
   * dot, or as far as is read. A CR at the very end stays for the next round, so that a CRLF is
   * never torn and no dot at the start of a line goes unseen. At least two bytes are there.
   */
  private int endOfChunk() {
    byte[] bytes = buffer;
    for (int i = position + 1; i < limit; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && (i + 1 == limit || bytes[i + 1] == '.')) {
        return i + 1;
      }
    }
    return bytes[limit - 1] == '\r' ? limit - 1 : limit;
  }

  private void require(int count) throws IOException {
    while (limit - position < count) {
      if (!fill()) {
        throw new EOFException("the client left before the final dot");
      }
    }
  }

  /** Reads more; says first what is still to be said. */
  private boolean fill() throws IOException {
    flush();
    if (position == limit) {
      position = 0;
      limit = 0;
    } else if (limit == buffer.length || buffer.length - limit < MAX_COMMAND) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count > 0) {
      limit += count;
    }
    return count > 0;
  }
}
