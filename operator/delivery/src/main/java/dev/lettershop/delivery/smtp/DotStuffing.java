package dev.lettershop.delivery.smtp;

import java.util.Arrays;

/** Transparency (RFC 5321 section 4.5.2): a line that begins with a dot gets another. */
final class DotStuffing {
  private DotStuffing() {}

  /**
   * The content as it stands between DATA and the final dot: stuffed, and ending in CRLF.
   *
   * @return the same array when nothing is to be done
   */
  static byte[] apply(byte[] content) {
    int dots = 0;
    for (int i = 0; i < content.length; i++) {
      dots += startsWithDot(content, i) ? 1 : 0;
    }
    int length = content.length;
    boolean ended = length >= 2 && content[length - 2] == '\r' && content[length - 1] == '\n';
    if (dots == 0 && ended) {
      return content;
    }
    byte[] stuffed = new byte[length + dots + 2];
    int to = 0;
    for (int i = 0; i < length; i++) {
      if (startsWithDot(content, i)) {
        stuffed[to++] = '.';
      }
      stuffed[to++] = content[i];
    }
    if (!ended) {
      stuffed[to++] = '\r';
      stuffed[to++] = '\n';
    }
    return Arrays.copyOf(stuffed, to);
  }

  /** Also after a lone LF or CR, which some servers take for the end of a line. */
  private static boolean startsWithDot(byte[] content, int at) {
    return content[at] == '.' && (at == 0 || content[at - 1] == '\n' || content[at - 1] == '\r');
  }
}
