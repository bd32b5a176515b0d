package dev.lettershop.delivery.smtp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's reply (RFC 5321 section 4.2).
 *
 * @param status three digits
 * @param lines the texts after the code; may hold anything and must not leave the package
 */
record SmtpReply(int status, List<String> lines) {
  /** RFC 3463 section 2. */
  private static final Pattern ENHANCED =
      Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?: |$)");

  boolean isPositive() {
    return status / 100 == 2;
  }

  boolean isTransient() {
    return status / 100 == 4;
  }

  boolean isPermanent() {
    return status / 100 == 5;
  }

  /** RFC 5321 section 3.8: the server closes the connection whatever the command was. */
  boolean isClosing() {
    return status == 421;
  }

  /** {@code 250} or, when the server gave an enhanced code of the same class, {@code 250 2.1.5}. */
  String code() {
    Matcher enhanced = ENHANCED.matcher(lines.get(lines.size() - 1));
    if (enhanced.lookingAt() && enhanced.group(1).charAt(0) - '0' == status / 100) {
      return status + " " + enhanced.group().strip();
    }
    return Integer.toString(status);
  }

  /** All that the server said after its codes. */
  String words() {
    return String.join("\n", lines);
  }

  @Override
  public String toString() {
    return code();
  }
}
