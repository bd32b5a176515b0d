package dev.lettershop.source.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Reads text line by line. Lines end with LF, CRLF or CR; a byte order mark is skipped. What is not
 * valid in the charset, or longer than {@link #MAX_LINE_BYTES}, costs its own line and nothing
 * else. Memory is bounded by the longest line allowed. Not thread-safe.
 */
public final class LineReader implements Closeable {
  /** The longest line that is read; a longer one is not a record but a broken file. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final Charset charset;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;

  /** What has been read of a line that started in an earlier buffer. */
  private byte[] carried = new byte[1 << 10];

  private int carriedLength;
  private boolean tooLong;
  private boolean behindReturn;
  private long number;
  private final Deque<Line> returned = new ArrayDeque<>();

  /**
   * @param charset one in which LF is the byte 0x0A and nothing else is: UTF-8 and all single-byte
   *     charsets, not UTF-16
   */
  public LineReader(InputStream in, Charset charset) {
    this.in = in;
    this.charset = charset;
  }

  /** The next line, or null at the end. */
  Line next() throws IOException {
    if (!returned.isEmpty()) {
      return returned.pop();
    }
    carriedLength = 0;
    tooLong = false;
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, buffer.length));
        if (to == 0) {
          return carriedLength == 0 && !tooLong ? null : line(carried, 0, carriedLength);
        }
      }
      if (behindReturn && buffer[from] == '\n') {
        from++;
        behindReturn = false;
        continue;
      }
      behindReturn = false;
      int end = indexOfLineEnd();
      if (end >= 0 && carriedLength == 0 && !tooLong) {
        int start = from;
        pass(end);
        return line(buffer, start, end - start);
      }
      carry(end < 0 ? to : end);
      if (end >= 0) {
        pass(end);
        return line(carried, 0, carriedLength);
      }
      from = to;
    }
  }

  /** Puts lines back, to be read again in this order. */
  void giveBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      returned.push(lines.get(i));
    }
  }

  private int indexOfLineEnd() {
    for (int i = from; i < to; i++) {
      byte b = buffer[i];
      if (b <= '\r' && (b == '\n' || b == '\r')) {
        return i;
      }
    }
    return -1;
  }

  /** Goes on behind a line's end; the LF of a CRLF may be in the next buffer. */
  private void pass(int end) {
    behindReturn = buffer[end] == '\r';
    from = end + 1;
  }

  private void carry(int end) {
    int length = end - from;
    if (carriedLength + length > MAX_LINE_BYTES) {
      tooLong = true;
      carriedLength = 0;
    }
    if (tooLong) {
      return;
    }
    if (carriedLength + length > carried.length) {
      carried = Arrays.copyOf(carried, Math.max(carried.length * 2, carriedLength + length));
    }
    System.arraycopy(buffer, from, carried, carriedLength, length);
    carriedLength += length;
  }

  private Line line(byte[] bytes, int offset, int length) {
    number++;
    if (tooLong) {
      return new Line.Unreadable(number, "line is longer than 1 MiB");
    }
    int start = offset;
    int end = offset + length;
    if (number == 1 && startsWithMark(bytes, start, end)) {
      start += UTF8_MARK.length;
    }
    String text = new String(bytes, start, end - start, charset);
    if (text.indexOf(REPLACEMENT) >= 0 && !decodes(bytes, start, end - start)) {
      return new Line.Unreadable(number, "is not valid " + charset.name());
    }
    return new Line.Text(number, text);
  }

  private static boolean startsWithMark(byte[] bytes, int start, int end) {
    return end - start >= UTF8_MARK.length
        && Arrays.equals(bytes, start, start + UTF8_MARK.length, UTF8_MARK, 0, UTF8_MARK.length);
  }

  /** Tells a replacement character that stands in the file from one put in for broken bytes. */
  private boolean decodes(byte[] bytes, int offset, int length) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, offset, length));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
