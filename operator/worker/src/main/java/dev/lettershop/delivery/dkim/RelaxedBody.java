package dev.lettershop.delivery.dkim;

import java.security.MessageDigest;

/** The "relaxed" canonical form of bodies (RFC 6376 section 3.4.4). */
final class RelaxedBody {
  private RelaxedBody() {}

  /**
   * Feeds a body to a digest.
   *
   * @param content a message with CRLF line ends
   * @param from where its body begins
   */
  static void digest(byte[] content, int from, MessageDigest digest) {
    byte[] canonical = new byte[content.length - from + 2];
    int length = 0;
    int lineEnds = 0;
    boolean blank = false;
    for (int i = from; i < content.length; i++) {
      byte value = content[i];
      if (value == ' ' || value == '\t') {
        blank = true;
      } else if (value == '\r' && i + 1 < content.length && content[i + 1] == '\n') {
        // Blanks at a line's end go, and so do empty lines unless something follows.
        blank = false;
        lineEnds++;
        i++;
      } else {
        for (; lineEnds > 0; lineEnds--) {
          canonical[length++] = '\r';
          canonical[length++] = '\n';
        }
        if (blank) {
          canonical[length++] = ' ';
          blank = false;
        }
        canonical[length++] = value;
      }
    }
    if (length > 0) {
      canonical[length++] = '\r';
      canonical[length++] = '\n';
    }
    digest.update(canonical, 0, length);
  }
}
