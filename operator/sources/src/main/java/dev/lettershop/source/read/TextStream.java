package dev.lettershop.source.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of another encoding as a stream of UTF-8, in which lines can be found byte by byte. */
final class TextStream extends InputStream {
  private static final int CHUNK = 8192;

  private final InputStream in;
  private final Reader reader;
  private final char[] chars = new char[CHUNK + 1];
  private byte[] bytes = new byte[0];
  private int at;

  /** First half of a character whose other half is still to be read, or 0. */
  private char half;

  /**
   * @param charset what cannot be read in it becomes U+FFFD
   */
  TextStream(InputStream in, Charset charset) {
    this.in = in;
    this.reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (at == bytes.length) {
      int from = half == 0 ? 0 : 1;
      chars[0] = half;
      int read = reader.read(chars, from, CHUNK);
      if (read < 0) {
        boolean left = half != 0;
        half = 0;
        bytes = left ? "\uFFFD".getBytes(StandardCharsets.UTF_8) : new byte[0];
        at = 0;
        return left;
      }
      int end = from + read;
      half = Character.isHighSurrogate(chars[end - 1]) ? chars[end - 1] : 0;
      bytes = new String(chars, 0, half == 0 ? end : end - 1).getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
