package dev.lettershop.delivery.message;

import dev.lettershop.profile.MailDomain;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A mailbox that one can hand to an SMTP server (RFC 5321 section 4.1.2).
 *
 * @param localPart as on the wire, quotes included; holds non-ASCII characters only when the server
 *     must offer SMTPUTF8
 * @param domain A-labels only (RFC 5890), never empty
 */
public record MailAddress(String localPart, String domain) {

  /** RFC 5321 section 4.5.3.1.1, in octets. */
  private static final int LONGEST_LOCAL_PART = 64;

  /** RFC 5321 section 4.5.3.1.3: a path of 256 octets less its angle brackets. */
  private static final int LONGEST_ADDRESS = 254;

  private static final String ATEXT_MARKS = "!#$%&'*+-/=?^_`{|}~";

  /**
   * Reads {@code local@domain}. Internationalised domains become A-labels. Empty when the text is
   * no address, when it is too long, and for address literals, to which no campaign should go.
   *
   * @param text may be null
   */
  public static Optional<MailAddress> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1) {
      return Optional.empty();
    }
    String localPart = text.substring(0, at);
    String domain = aLabels(text.substring(at + 1));
    if (domain == null || !isLocalPart(localPart)) {
      return Optional.empty();
    }
    int localOctets = localPart.getBytes(StandardCharsets.UTF_8).length;
    if (localOctets > LONGEST_LOCAL_PART || localOctets + 1 + domain.length() > LONGEST_ADDRESS) {
      return Optional.empty();
    }
    return Optional.of(new MailAddress(localPart, domain));
  }

  /** Whether the server must offer SMTPUTF8 (RFC 6531) to take this address. */
  public boolean needsSmtpUtf8() {
    return localPart.chars().anyMatch(character -> character > 0x7e);
  }

  /** {@code local@domain}, as it stands in a header and, within angle brackets, in a path. */
  public String text() {
    return localPart + "@" + domain;
  }

  /** Says nothing about whose address it is, so that it may end in a log. */
  @Override
  public String toString() {
    return "MailAddress[hidden]";
  }

  private static boolean isLocalPart(String localPart) {
    boolean quoted =
        localPart.length() > 2 && localPart.startsWith("\"") && localPart.endsWith("\"");
    return quoted
        ? isQuotedContent(localPart.substring(1, localPart.length() - 1))
        : isDotString(localPart);
  }

  private static boolean isDotString(String text) {
    boolean afterDot = true;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character == '.') {
        if (afterDot) {
          return false;
        }
        afterDot = true;
      } else if (isAtext(character)) {
        afterDot = false;
      } else {
        return false;
      }
    }
    return !afterDot;
  }

  private static boolean isAtext(int character) {
    if (character < 0x80) {
      return character >= 'a' && character <= 'z'
          || character >= 'A' && character <= 'Z'
          || character >= '0' && character <= '9'
          || ATEXT_MARKS.indexOf(character) >= 0;
    }
    return isInternational(character);
  }

  private static boolean isInternational(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static boolean isQuotedContent(String text) {
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character == '\\') {
        if (i == text.length() || text.charAt(i) < ' ' || text.charAt(i) > '~') {
          return false;
        }
        i++;
      } else if (character < ' '
          || character == '"'
          || character == 0x7f
          || character > 0x7f && !isInternational(character)) {
        return false;
      }
    }
    return true;
  }

  private static String aLabels(String domain) {
    boolean international = domain.chars().anyMatch(character -> character > 0x7e);
    return MailDomain.ascii(domain).map(ascii -> international ? ascii : domain).orElse(null);
  }
}
