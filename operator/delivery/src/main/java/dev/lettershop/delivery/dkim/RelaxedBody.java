package dev.lettershop.delivery.dkim;

import java.security.MessageDigest;

/** The "relaxed" canonical form of bodies (RFC 6376 section 3.4.4). */
final class RelaxedBody {
  private static final byte[] CRLF = {'\r', '\n'};

  private RelaxedBody() {}

  /**
   * Feeds a body to a digest.
   *
   * @param content a message with CRLF line ends
   * @param from where its body begins
   */
  static void digest(byte[] content, int from, MessageDigest digest) {
    // What stays as it is goes to the digest in long pieces.
    int written = from;
    int end = end(content, from);
    for (int i = from; i < end; i++) {
      byte value = content[i];
      if (value == '\t' || value == ' ' && (content[i + 1] == '\r' || isBlank(content[i + 1]))) {
        int behind = i;
        while (isBlank(content[behind])) {
          behind++;
        }
        digest.update(content, written, i - written);
        if (!isLineEnd(content, behind)) {
          digest.update((byte) ' ');
        }
        written = behind;
        i = behind - 1;
      }
    }
    digest.update(content, written, end - written);
    if (end > from) {
      digest.update(CRLF);
    }
  }

  /** Behind what is left when blanks and empty lines at the end are gone. */
  private static int end(byte[] content, int from) {
    int end = content.length;
    while (end > from) {
      if (isBlank(content[end - 1])) {
        end--;
      } else if (end - 2 >= from && isLineEnd(content, end - 2)) {
        end -= 2;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }

  private static boolean isLineEnd(byte[] content, int at) {
    return content[at] == '\r' && at + 1 < content.length && content[at + 1] == '\n';
  }
}
